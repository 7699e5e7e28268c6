/// What the names and the organization of an order decide about its way, so that whoever tries something knows beforehand
/// what will happen. These rules are the sandbox's own; ``CASandbox`` lists them for its users.
enum DigiCertNameRules {
    /// The domains whose control has been proven before: orders of organization validation for names in them need no
    /// further proof.
    static let validatedDomains = ["example.com", "example.net", "example.org"]

    /// Whether a person has to approve a request.
    static func needApproval(_ names: [String], organization: DigiCertOrganization?) -> Bool {
        organization?.id == DigiCertOrganization.korean.id || contain("approval", names)
            || contain("other-approver", names)
    }

    /// Whether the sandbox's key may not approve a request.
    static func needOtherApprover(_ names: [String]) -> Bool { contain("other-approver", names) }

    /// Whether a check finds nothing published, as often as it is made.
    static func areUnpublished(_ name: String) -> Bool { contain("unpublished", [name]) }

    /// The first name whose CAA record forbids DigiCert to issue.
    static func forbiddenByCAA(_ names: [String]) -> String? { names.first { contain("caa-forbids", [$0]) } }

    /// Whether the organization waits for its own validation.
    static func waitsForValidation(_ organization: DigiCertOrganization?) -> Bool { organization?.isActive == false }

    /// Whether one of the names has that label.
    private static func contain(_ label: String, _ names: [String]) -> Bool {
        names.contains { $0.split(separator: ".").contains { $0 == label } }
    }
}
