import AdapterHTTP
import CertProtocol
import HTTPTypes

/// Answers every request from a function, and remembers what was asked.
final class RecordingTransport: ClientTransport {
    typealias Answer = @Sendable (TransportRequest) -> TransportResponse

    private let answer: Answer
    private let recorded = Locked<[TransportRequest]>([])

    init(_ answer: @escaping Answer) { self.answer = answer }

    /// Answers everything with one body.
    convenience init(status: Int = 200, _ body: String) {
        self.init { _ in TransportResponse(status: status, body) }
    }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        recorded.withLock { $0.append(request) }
        return answer(request)
    }

    var requests: [HTTPRequest] { recorded.withLock { $0.map(\.head) } }

    /// The bodies of the requests that had one.
    var bodies: [String] { recorded.withLock { $0.compactMap { $0.body.map { String(decoding: $0, as: UTF8.self) } } } }

    /// Path and query of each request.
    var paths: [String] { requests.map { $0.path ?? "" } }
}

extension TransportResponse {
    init(status: Int, _ body: String) {
        self.init(head: HTTPResponse(status: HTTPResponse.Status(code: status)), body: Array(body.utf8))
    }
}
