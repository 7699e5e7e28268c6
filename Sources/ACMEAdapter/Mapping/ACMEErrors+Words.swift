internal import AdapterHTTP
internal import CertProtocol

extension ACMEErrors {
    /// What each of the protocol's own problems is, and what to do about it.
    static let known: [String: (code: CertificateError.Code, advice: String)] = [
        "accountDoesNotExist": (.authentication, "The server knows no account of this key."),
        "badPublicKey": (.authentication, "The server takes no key of this kind: give another account_key."),
        "badSignatureAlgorithm": (.authentication, "The server takes no key of this kind: give another account_key."),
        "userActionRequired": (.permission, "The server wants a person to act first"),
        "externalAccountRequired": (
            .invalidConfiguration, "The server wants an external account: set eab_key_id and eab_hmac_key."
        ),
        "invalidContact": (.invalidConfiguration, "The server doesn't take the account's contact: mend contact."),
        "unsupportedContact": (.invalidConfiguration, "The server doesn't take the account's contact: mend contact."),
        "rateLimited": (.rateLimited, "The server asks to slow down."),
        "badNonce": (.unavailable, "The server took none of many nonces; nothing was carried out. Try again later."),
        "serverInternal": (.unavailable, "The server failed; try again later."),
        "badCSR": (.rejected, "The server doesn't take the signing request."),
        "badRevocationReason": (.rejected, "The server doesn't take the reason: choose another one."),
        "alreadyRevoked": (.rejected, "The certificate has been revoked before."),
        "orderNotReady": (.rejected, "The order isn't ready: the control of its domains has to be proven first."),
        "rejectedIdentifier": (.rejected, "The server doesn't issue for a name."),
        "unsupportedIdentifier": (.rejected, "The server doesn't issue for such names."),
        "caa": (.rejected, "A CAA record forbids the server to issue."),
        "compound": (.rejected, "The server has several objections."),
        "connection": (.rejected, "The server could not connect to what was to be validated."),
        "dns": (.rejected, "The server could not look a name up."),
        "incorrectResponse": (.rejected, "The server found something else than what had to be published."),
        "tls": (.rejected, "The server could not make a TLS connection to what was to be validated."),
    ]

    /// Why no account can be registered at a server; `nil` where one can.
    static func obstacle(_ settings: ACMESettings, to directory: ACME.Directory, terms: (String) -> String)
        -> CertificateError?
    {
        if let url = directory.termsOfService, !settings.areTermsAgreed {
            return CertificateError(
                .invalidConfiguration,
                "There is no account yet, and the server registers those only who agree to its terms of service. Read "
                    + "\(terms(url)) and set terms_agreed: true."
            )
        }
        guard directory.externalAccountRequired, settings.externalAccount == nil else { return nil }
        return CertificateError(
            .invalidConfiguration,
            "There is no account yet, and the server binds each to an account of another kind. Have that account's key id "
                + "and HMAC key made, and set eab_key_id and eab_hmac_key."
        )
    }

    /// An error with a problem's own words.
    static func error(
        _ code: CertificateError.Code, _ advice: String, _ problem: ACME.Problem?, _ redactor: Redactor
    ) -> CertificateError {
        let words = redactor.message(problem?.words ?? "", limit: 1000)
        var advice = advice
        if !advice.hasSuffix(".") { advice += (problem?.instance.map { ": \(redactor.message($0))" } ?? "") + "." }
        var error = CertificateError(code, advice + (words.isEmpty ? "" : " It says “\(words)”."))
        error.providerCode = problem?.type.map { redactor.message($0) }
        error.providerMessage = words.isEmpty ? nil : words
        return error
    }

    /// An order of before that a server has answered a new one with: RFC 8555 leaves that open, and its certificate is for
    /// another key.
    static func reused(_ orderID: String) -> CertificateError {
        CertificateError(
            .rejected,
            "Nothing new was ordered: the server answered with the order \(orderID), which was begun here with another signing "
                + "request and is still open. Take that one to its end first, with certhost validation check, or let it expire."
        )
    }

    /// What a signing request of before has led to, where the order doesn't show it.
    static func unanswered(_ orderID: String) -> CertificateError {
        CertificateError(
            .outcomeUnknown,
            "The signing request of \(orderID) was handed in, its answer was lost, and the order doesn't show that it arrived. "
                + "It is not sent again by itself; certhost validation check does."
        )
    }
}

/// Runs what comes before a change is sent. What can't be read of it, and an account that may have been registered, are no doubt
/// about the change: they are `unavailable`.
func beforeChange<Result>(
    _ body: () async throws(CertificateError) -> Result
) async throws(CertificateError) -> Result {
    do throws(CertificateError) {
        return try await body()
    } catch {
        guard [.malformedResponse, .outcomeUnknown].contains(error.code) else { throw error }
        var error = error
        error.code = .unavailable
        error.message = "Nothing was changed yet. " + error.message
        throw error
    }
}
