public import CertProtocol

extension ACME {
    /// The proof of one name (RFC 8555, section 7.1.4).
    public struct Authorization: Sendable {
        /// `identifier`: the name, without a wildcard.
        public let identifier: Identifier
        /// `status`: `pending`, `valid`, `invalid`, `deactivated`, `expired` or `revoked`.
        public let status: String
        /// `expires` (RFC 3339): until when it can be used.
        public let expires: String?
        /// `challenges`: the ways to prove it; once it is decided, the one that was gone.
        public let challenges: [Challenge]
        /// `wildcard`: whether it is for a name with a wildcard.
        public let wildcard: Bool
        /// What the server sent.
        public let raw: JSONValue

        /// Reads an authorization; `nil` where it names no status or no name.
        public init?(_ value: JSONValue) {
            guard let identifier = value.object("identifier").flatMap(Identifier.init),
                let status = value.string("status")
            else { return nil }
            self.identifier = identifier
            self.status = status
            expires = value.string("expires")
            challenges = (value.array("challenges") ?? []).compactMap(Challenge.init)
            wildcard = value.boolean("wildcard") ?? false
            raw = value
        }
    }

    /// One way to prove a name (RFC 8555, section 7.1.5 and 8).
    public struct Challenge: Sendable {
        /// `type`: `http-01`, `dns-01`, `tls-alpn-01` or another one.
        public let type: String
        /// `url`: where it is answered.
        public let url: String
        /// `status`: `pending`, `processing`, `valid` or `invalid`.
        public let status: String
        /// `token`: what the server wants to see again; not every kind has one.
        public let token: String?
        /// `validated` (RFC 3339): when it was found to be right.
        public let validated: String?
        /// `error`: what was wrong when the server looked last.
        public let error: Problem?

        /// Reads a challenge; `nil` where it can't be answered.
        public init?(_ value: JSONValue) {
            guard let type = value.string("type"), let url = value.string("url") else { return nil }
            self.type = type
            self.url = url
            status = value.string("status") ?? "pending"
            token = value.string("token")
            validated = value.string("validated")
            error = value.object("error").map(Problem.init)
        }
    }

    /// The kinds of challenges that this adapter answers (RFC 8555, section 8.3 and 8.4).
    public enum ChallengeType: String, CaseIterable, Sendable, Codable {
        /// A file on the web server of the name, at port 80.
        case http = "http-01"
        /// A TXT record below the name.
        case dns = "dns-01"
    }
}
