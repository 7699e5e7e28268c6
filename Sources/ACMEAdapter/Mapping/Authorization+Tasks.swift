internal import AdapterHTTP
internal import CertProtocol
internal import FoundationEssentials

extension ACME.Authorization {
    /// A challenge, and what it wants to be published.
    typealias Task = (challenge: ACME.Challenge, publication: Publication)

    /// The name, with its wildcard.
    var name: String { (isWildcard ? "*." : "") + domain }

    /// The name without a wildcard, lower-case.
    private var domain: String {
        (identifier.value.hasPrefix("*.") ? String(identifier.value.dropFirst(2)) : identifier.value).lowercased()
    }

    /// Whether it is for a name with a wildcard, which servers say in one of two ways.
    private var isWildcard: Bool { wildcard || identifier.value.hasPrefix("*.") }

    /// How it is to be proven, and what has to be published for that.
    ///
    /// - Parameters:
    ///   - wanted: the way that is wanted. A wildcard is proven in DNS in any case (RFC 8555, section 8.4).
    ///   - key: the account's.
    ///   - names: the names that were ordered; none where they aren't known.
    /// - Returns: the challenge and the publication.
    /// - Throws: `rejected` where the server offers no such way, `malformed_response` for a name that wasn't ordered.
    func task(
        _ wanted: ACME.ChallengeType, key: JWSKey, ordered names: [String] = []
    ) throws(CertificateError) -> Task {
        guard names.isEmpty || names.contains(name), Publication.isDomain(domain) else {
            throw CertificateError(.malformedResponse, "The server wants a proof of “\(name)”, which was not ordered.")
        }
        let type = isWildcard ? .dns : wanted
        guard let challenge = challenges.first(where: { $0.type == type.rawValue }) else {
            let offered = challenges.map(\.type).joined(separator: ", ")
            throw CertificateError(
                .rejected, "The server offers no \(type.rawValue) for \(name), but \(offered): order anew with that.")
        }
        return (challenge, try Publication(challenge, type, of: domain, key: key))
    }

    /// Whether it was decided against, or can't be used any more.
    var isRefused: Bool { !["pending", "valid"].contains(status) }

    /// An end to waiting: there are servers that look for as long as anybody asks.
    func refusal(undecidedFor timeout: Duration, _ redactor: Redactor) -> CertificateError {
        ACMEErrors.refusal(
            "The server has not decided about \(name) within \(timeout.text) (authorization_timeout). What was published is "
                + "taken away; certhost validation check begins anew.",
            challenges.compactMap(\.error).first, redactor
        )
    }
}

extension ACME.Order {
    /// Whether nothing has to be proven any more, and the signing request has arrived.
    var isDecided: Bool { !["pending", "ready"].contains(status) }

    /// Why it has ended without a certificate, or is about to.
    ///
    /// - Parameters:
    ///   - authorization: the one that was decided against, where one was.
    ///   - redactor: the account's.
    /// - Returns: `rejected`.
    func refusal(_ authorization: ACME.Authorization?, _ redactor: Redactor) -> CertificateError {
        guard let authorization else {
            return ACMEErrors.refusal("The order has ended without a certificate.", error, redactor)
        }
        return ACMEErrors.refusal(
            "The control of \(authorization.name) was not proven: the authorization is \(authorization.status), and with it "
                + "the order has ended. Mend what the server found, and order anew.",
            authorization.challenges.compactMap(\.error).first ?? error, redactor
        )
    }
}

extension Duration {
    /// Whether so much time has passed since then; `false` where there is no then.
    func hasPassed(since start: Date?, at now: Date) -> Bool {
        start.map { now.timeIntervalSince($0) >= Double(components.seconds) } ?? false
    }
}
