public import CertProtocol

extension ACME {
    /// An order (RFC 8555, section 7.1.3).
    public struct Order: Sendable {
        /// `status`: `pending`, `ready`, `processing`, `valid` or `invalid`.
        public let status: String
        /// `expires` (RFC 3339): until when it can be completed; only while it is pending or valid.
        public let expires: String?
        /// `identifiers`: the names.
        public let identifiers: [Identifier]
        /// `notBefore` (RFC 3339): the start of the validity that was asked for.
        public let notBefore: String?
        /// `notAfter` (RFC 3339): the end of the validity that was asked for.
        public let notAfter: String?
        /// `error`: why it is invalid.
        public let error: Problem?
        /// `authorizations`: the URLs of what is needed, or was.
        public let authorizations: [String]
        /// `finalize`: where the signing request goes.
        public let finalize: String?
        /// `certificate`: the URL of the certificate, once it is there.
        public let certificate: String?
        /// What the server sent.
        public let raw: JSONValue

        /// Reads an order; `nil` where it has no status.
        public init?(_ value: JSONValue) {
            guard let status = value.string("status") else { return nil }
            self.status = status
            expires = value.string("expires")
            identifiers = (value.array("identifiers") ?? []).compactMap(Identifier.init)
            notBefore = value.string("notBefore")
            notAfter = value.string("notAfter")
            error = value.object("error").map(Problem.init)
            authorizations = value.strings("authorizations") ?? []
            finalize = value.string("finalize")
            certificate = value.string("certificate")
            raw = value
        }
    }

    /// What a certificate is for (RFC 8555, section 7.1.3, and 9.7.7).
    public struct Identifier: Sendable, Hashable {
        /// `type`: `dns`.
        public let type: String
        /// `value`: the name.
        public let value: String

        /// Reads an identifier; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard let type = value.string("type"), let name = value.string("value") else { return nil }
            self.type = type
            self.value = name
        }
    }
}
