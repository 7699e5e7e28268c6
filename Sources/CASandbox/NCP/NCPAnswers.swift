internal import CertProtocol
internal import HTTPTypes
internal import Hummingbird

/// The two envelopes that NAVER Cloud answers come in: the gateway's and the service's.
enum NCPAnswers {
    /// The gateway's error envelope (API Gateway, "Error handling").
    static func gateway(
        status: HTTPResponse.Status,
        code: String,
        message: String,
        details: String
    ) -> Refusal {
        let error: JSONNode = ["errorCode": .string(code), "message": .string(message), "details": .string(details)]
        return Refusal(answer: .json(["error": error], status: status))
    }

    /// A failure of the service, which mostly comes under HTTP 200 (Certificate Manager overview, "Response status
    /// codes").
    static func failure(_ code: String, _ message: String, status: HTTPResponse.Status = .ok) -> Refusal {
        Refusal(answer: .json(.object(envelope(code, message) + [("totalRows", 0)]), status: status))
    }

    /// Input that can't be read: HTTP 400 with the service's envelope.
    static func invalidInput(_ message: String) -> Refusal { failure("2000", message, status: .badRequest) }

    static let success = envelope("0", "Success")

    private static func envelope(_ code: String, _ message: String) -> [(String, JSONNode)] {
        [("returnCode", .string(code)), ("returnMessage", .string(message))]
    }

    private static let originField = HTTPField.Name("x-ncp-apigw-response-origin")
    private static let traceField = HTTPField.Name("x-ncp-trace-id")

    static func origin(_ origin: String) -> HTTPFields {
        guard let originField else { return [:] }
        return [originField: origin]
    }

    /// Names who answered, unless the answer already does, and gives the answer a trace id.
    static func complete(_ response: inout Response, origin: String) {
        if let originField, response.headers[originField] == nil { response.headers[originField] = origin }
        if let traceField {
            response.headers[traceField] = String(UInt64.random(in: .min ... .max), radix: 36)
        }
    }
}
