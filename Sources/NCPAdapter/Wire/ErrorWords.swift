internal import AdapterHTTP
internal import CertProtocol

/// The code and the words of an error, from whichever of the platform's bodies carries them.
///
/// - the service: `{"returnCode":"2200","returnMessage":"…"}`, in sibling services wrapped in `responseError`
/// - the gateway: `{"error":{"errorCode":"200","message":"…","details":"…"}}`, the code a string or a number
/// - its framework, for a path that doesn't exist: `{"status":404,"error":"Not Found","message":"…","path":"…"}`
/// - either of the first two as XML, or header fields alone
struct NCPErrorWords {
    /// The gateway's code; not an HTTP status, although it looks like one.
    private(set) var gatewayCode: String?
    /// The service's code.
    private(set) var returnCode: String?
    /// What is said, for people.
    private(set) var message: String?
    /// What the gateway adds to it.
    private(set) var details: String?

    /// The words of a body.
    init(_ body: JSONValue) {
        let service = body.object("responseError") ?? body
        returnCode = service.string("returnCode")
        message = service.string("returnMessage")
        if let gateway = body.object("error") {
            gatewayCode = gateway.string("errorCode")
            message = message ?? gateway.string("message")
            details = gateway.string("details")
        }
        message = message ?? body.string("message") ?? body.string("error")
    }

    /// The words of an XML body, or none.
    private init(xml body: String) {
        returnCode = Self.element("returnCode", of: body)
        gatewayCode = Self.element("errorCode", of: body)
        message = Self.element("returnMessage", of: body) ?? Self.element("message", of: body)
        details = Self.element("details", of: body)
    }

    /// The words of an answer.
    init(_ answer: HTTPAnswer) {
        if let body = answer.lenientJSON {
            self.init(body)
        } else {
            self.init(xml: String(decoding: answer.body.prefix(4096), as: UTF8.self))
        }
        if returnCode == nil, gatewayCode == nil { gatewayCode = answer.headers[named: "x-ncp-apigw-error-code"] }
        message = message ?? answer.headers[named: "x-ncp-apigw-error-message"]
    }

    /// An error of that code and meaning, with these words.
    func error(_ code: CertificateError.Code, _ meaning: String, _ answer: HTTPAnswer) -> CertificateError {
        let said = [message, details].compactMap { $0.unlessBlank }.joined(separator: ": ")
        let quotation = said.isEmpty ? "" : " It says “\(answer.redactor.message(said))”."
        var error = CertificateError(code, meaning + quotation)
        error.httpStatus = answer.status
        error.providerCode = (gatewayCode.map { "gateway:\($0)" } ?? returnCode).map { answer.redactor.message($0) }
        error.providerMessage = message.unlessBlank.map { answer.redactor.message($0) }
        return error
    }

    /// The text of the first XML element of that name.
    private static func element(_ name: String, of text: String) -> String? {
        guard let start = text.firstRange(of: "<\(name)>")?.upperBound,
            let end = text[start...].firstRange(of: "</\(name)>")?.lowerBound
        else { return nil }
        return String(text[start..<end])
    }
}
