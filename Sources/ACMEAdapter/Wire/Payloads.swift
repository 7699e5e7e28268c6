internal import CertProtocol
internal import FoundationEssentials

/// What requests say.
enum ACMEPayload {
    /// newAccount (RFC 8555, section 7.3).
    static func newAccount(contacts: [String], areTermsAgreed: Bool, binding: JSONNode?) -> JSONNode {
        .record([
            ("termsOfServiceAgreed", areTermsAgreed ? true : nil),
            ("contact", contacts.isEmpty ? nil : .strings(contacts)),
            ("externalAccountBinding", binding),
        ])
    }

    /// newAccount that registers nothing (RFC 8555, section 7.3.1).
    static let existingAccount: JSONNode = ["onlyReturnExisting": true]

    /// newOrder (RFC 8555, section 7.4).
    static func newOrder(names: [String], notAfter: Date?) -> JSONNode {
        .record([
            ("identifiers", .array(names.map { ["type": "dns", "value": .string($0)] })),
            ("notAfter", notAfter.map { .string(CertificateDate.instant($0).text) }),
        ])
    }

    /// The answer to a challenge (RFC 8555, section 7.5.1).
    static let challengeResponse: JSONNode = .object([])

    /// finalize (RFC 8555, section 7.4).
    static func finalize(signingRequest: Data) -> JSONNode { ["csr": .string(Base64URL.text(signingRequest))] }

    /// revokeCert (RFC 8555, section 7.6).
    static func revocation(of certificate: [UInt8], reason: Int64?) -> JSONNode {
        .record([
            ("certificate", .string(Base64URL.text(Data(certificate)))), ("reason", reason.map(JSONNode.integer)),
        ])
    }
}
