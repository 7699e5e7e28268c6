internal import CertProtocol
internal import Crypto
internal import FoundationEssentials

/// What has to be published to prove the control of one name.
struct Publication: Sendable, Hashable, Codable {
    /// The name, without a wildcard.
    let domain: String
    /// Where: on the web server, or in DNS.
    let type: ACME.ChallengeType
    /// The token of a file, or the name of a TXT record.
    let name: String
    /// The content of the file, or the value of the record.
    let value: String

    /// What a challenge wants (RFC 8555, section 8.1, 8.3 and 8.4).
    ///
    /// - Throws: `malformed_response` for a token that is none: it becomes part of a path and an argument of a program.
    init(
        _ challenge: ACME.Challenge, _ type: ACME.ChallengeType, of domain: String, key: JWSKey
    ) throws(CertificateError) {
        guard let token = challenge.token, token.utf8.count <= 200, Base64URL.isText(token) else {
            throw CertificateError(.malformedResponse, "The challenge for \(domain) has no token in base64url.")
        }
        self.domain = domain
        self.type = type
        let authorization = "\(token).\(key.thumbprint)"
        switch type {
        case .http:
            name = token
            value = authorization
        case .dns:
            name = "_acme-challenge.\(domain)"
            value = Base64URL.text(Data(SHA256.hash(data: Data(authorization.utf8))))
        }
    }

    /// What a program is given.
    func arguments(_ action: String) -> [String] { [action, domain, type.rawValue, name, value] }

    /// The same as what is added to its environment.
    func variables(_ action: String) -> [String: String] {
        let names = ["ACME_ACTION", "ACME_DOMAIN", "ACME_CHALLENGE", "ACME_NAME", "ACME_VALUE"]
        return Dictionary(zip(names, arguments(action))) { $1 }
    }

    /// Whether a text can be the name of a host, and no option of a program.
    static func isDomain(_ text: String) -> Bool {
        !text.isEmpty && !text.hasPrefix("-") && !text.hasPrefix(".") && text.utf8.count <= 253
            && text.utf8.allSatisfy { domainCharacters.contains($0) }
    }

    private static let domainCharacters = Set("abcdefghijklmnopqrstuvwxyz0123456789-_.".utf8)

    /// Where a web server has to show the file, by http.
    var path: String { "/.well-known/acme-challenge/\(name)" }
}
