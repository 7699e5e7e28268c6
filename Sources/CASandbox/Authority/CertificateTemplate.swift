internal import FoundationEssentials

/// What a certificate is to say beside the key of its request: a certificate authority takes nothing else from that.
struct CertificateTemplate: Sendable {
    /// The organization of a subject.
    struct Organization: Sendable {
        var name: String
        var locality: String
        var state: String
        /// Two letters, in whatever case.
        var country: String
    }

    /// The common name of the subject. One that is longer than 64 characters, which a subject can't hold (RFC 5280, upper
    /// bounds), stands among the alternative names only.
    var commonName: String?
    /// The subject alternative names, in A-labels.
    var dnsNames: [String]
    /// The organization; `nil` where only domains are validated.
    var organization: Organization?
    /// The first second of validity.
    var notBefore: Date
    /// The last second of validity, which is included.
    var notAfter: Date

    /// A template.
    ///
    /// - Parameters:
    ///   - commonName: the common name, which becomes the first alternative name too.
    ///   - dnsNames: further names; repeats, in whatever case, are dropped.
    ///   - organization: the organization.
    ///   - notBefore: the first second of validity.
    ///   - notAfter: the last second of validity.
    init(
        commonName: String?, dnsNames: [String], organization: Organization? = nil, notBefore: Date, notAfter: Date
    ) {
        var seen: Set<String> = []
        self.dnsNames = ([commonName].compactMap(\.self) + dnsNames).map { $0.lowercased() }
            .filter { seen.insert($0).inserted }
        self.commonName = commonName?.lowercased()
        self.organization = organization
        self.notBefore = notBefore
        self.notAfter = notAfter
    }
}
