public import CertProtocol

extension ACME {
    /// Where a server's resources are (RFC 8555, section 7.1.1).
    public struct Directory: Sendable {
        /// `newNonce`.
        public let newNonce: String
        /// `newAccount`.
        public let newAccount: String
        /// `newOrder`.
        public let newOrder: String
        /// `revokeCert`.
        public let revokeCert: String?
        /// `keyChange`.
        public let keyChange: String?
        /// `newAuthz`: only where a server takes authorizations before orders.
        public let newAuthz: String?
        /// `renewalInfo` (RFC 9773).
        public let renewalInfo: String?
        /// `meta.termsOfService`: the URL of the terms in force; `nil` where there are none.
        public let termsOfService: String?
        /// `meta.website`: the server's page for people.
        public let website: String?
        /// `meta.caaIdentities`: the names that a CAA record may give.
        public let caaIdentities: [String]
        /// `meta.externalAccountRequired`.
        public let externalAccountRequired: Bool
        /// What the server sent.
        public let raw: JSONValue

        /// The URLs that requests go to.
        var used: [String] { [newNonce, newAccount, newOrder] + [revokeCert].compactMap(\.self) }

        /// Reads a directory; `nil` where it lacks what every one has.
        public init?(_ value: JSONValue) {
            guard let newNonce = value.string("newNonce"), let newAccount = value.string("newAccount"),
                let newOrder = value.string("newOrder")
            else { return nil }
            self.newNonce = newNonce
            self.newAccount = newAccount
            self.newOrder = newOrder
            revokeCert = value.string("revokeCert")
            keyChange = value.string("keyChange")
            newAuthz = value.string("newAuthz")
            renewalInfo = value.string("renewalInfo")
            let meta = value.object("meta")
            termsOfService = meta?.string("termsOfService")
            website = meta?.string("website")
            caaIdentities = meta?.strings("caaIdentities") ?? []
            externalAccountRequired = meta?.boolean("externalAccountRequired") ?? false
            raw = value
        }
    }
}
