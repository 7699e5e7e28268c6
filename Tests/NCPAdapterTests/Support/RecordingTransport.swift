import AdapterHTTP
import CertProtocol
import HTTPTypes

/// What a test's server answers.
struct CannedAnswer: Sendable, ExpressibleByStringLiteral {
    var status = 200
    var headers: HTTPFields = [.contentType: "application/json;charset=UTF-8"]
    var body: String

    init(_ status: Int, _ body: String = "", headers: HTTPFields = [:]) {
        self.status = status
        self.body = body
        self.headers.append(contentsOf: headers)
    }

    /// A success with that body.
    init(stringLiteral body: String) { self.body = body }

    /// An empty list, as each list of the service would send it.
    static let nothing: CannedAnswer =
        #"{"returnCode":"0","returnMessage":"Success","totalCount":0,"orders":[],"sslCertificateList":[]}"#
}

/// Answers from a function, and keeps every request.
final class RecordingTransport: ClientTransport {
    private let received = Locked<[TransportRequest]>([])
    private let answer: @Sendable (_ number: Int, _ target: String) -> CannedAnswer

    /// `answer` gets the number of the request, from 1, and its path and query.
    init(_ answer: @escaping @Sendable (_ number: Int, _ target: String) -> CannedAnswer) { self.answer = answer }

    /// Answers everything with the same.
    convenience init(_ always: CannedAnswer) { self.init { _, _ in always } }

    var requests: [TransportRequest] { received.withLock { $0 } }
    var targets: [String] { requests.map { $0.head.path ?? "" } }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        let number = received.withLock { requests in
            requests.append(request)
            return requests.count
        }
        let canned = answer(number, request.head.path ?? "")
        return TransportResponse(
            head: HTTPResponse(status: .init(code: canned.status), headerFields: canned.headers),
            body: Array(canned.body.utf8)
        )
    }
}
