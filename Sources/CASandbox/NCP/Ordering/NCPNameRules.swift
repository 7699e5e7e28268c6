/// What names decide about the way of a certificate, so that whoever tries something knows beforehand what will happen. These
/// rules are the sandbox's own; ``CASandbox`` lists them for its users.
enum NCPNameRules {
    /// Whether nothing is ever published for a domain.
    static func isUnpublished(_ domain: String) -> Bool { hasLabel("unpublished", domain) }

    /// Whether the time for publishing something for a domain is over as soon as somebody looks.
    static func timesOut(_ domain: String) -> Bool { hasLabel("times-out", domain) }

    /// Whether a revocation is noted, and not carried out yet.
    static func isRevokedLater(_ domain: String) -> Bool { hasLabel("revoked-later", domain) }

    /// Whether an instance uses the certificate of that name.
    static func isInUse(_ certificateName: String) -> Bool { certificateName.hasPrefix("in-use") }

    private static func hasLabel(_ label: String, _ domain: String) -> Bool {
        domain.split(separator: ".").contains { $0 == label }
    }
}
