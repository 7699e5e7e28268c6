internal import AdapterHTTP
internal import CertProtocol

/// What NAVER Cloud Platform's errors mean.
///
/// Sources: Certificate Manager overview, "common response status codes" (return codes, printed there under HTTP 200), and
/// the API call rules, "error handling" (the gateway's codes).
enum NCPErrors {
    /// The return code of a success.
    static let success = "0"
    /// "No certificate was found", "no certificate exists".
    private static let nothingFound: Set = ["2200", "1006"]
    /// Missing or malformed parameters.
    private static let malformedInput: Set = ["2000", "2100", "2101"]

    /// Reads answers that aren't 2xx. What a 2xx says is told by ``failure(in:of:_:)``, from the body that the endpoint has
    /// parsed anyway: large lists aren't parsed twice.
    static func reader(for version: NCPSettings.APIVersion) -> ProviderHTTPClient.ErrorReader {
        { answer, effect in
            guard !(200..<300).contains(answer.status) else { return nil }
            let words = NCPErrorWords(answer)
            return words.error(code(answer.status, words, effect), meaning(answer, words, version), answer)
        }
    }

    /// The failure that a 2xx answer reports in its `returnCode`; `nil` for a success, and where there is no code.
    ///
    /// It is `not_found` for "no certificate", which a list may take for "empty", and for nothing else.
    static func failure(in body: JSONValue, of answer: HTTPAnswer, _ effect: HTTPCall.Effect) -> CertificateError? {
        let words = NCPErrorWords(body)
        guard let returnCode = words.returnCode, returnCode != success else { return nil }
        if nothingFound.contains(returnCode) {
            return words.error(.notFound, "NAVER Cloud holds no such thing.", answer)
        }
        if malformedInput.contains(returnCode) {
            return words.error(.invalidRequest, "NAVER Cloud can't read the request.", answer)
        }
        return words.error(refusal(effect), "NAVER Cloud refused the request.", answer)
    }

    /// The status decides first; only within it do the codes of the body count.
    private static func code(_ status: Int, _ words: NCPErrorWords, _ effect: HTTPCall.Effect) -> CertificateError.Code
    {
        switch (status, words.gatewayCode) {
        case (401, "210"), (403, _): .permission
        case (401, _): .authentication
        case (404, _): .notFound
        case (400, "100"), (413, "430"): .invalidRequest
        case (400, _) where words.returnCode.map(malformedInput.contains) ?? false: .invalidRequest
        default: refusal(effect)
        }
    }

    private static func refusal(_ effect: HTTPCall.Effect) -> CertificateError.Code {
        effect == .mutation ? .rejected : .invalidRequest
    }
}
