internal import CertProtocol
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// What a request is answered with: Hummingbird's own context, and the connection that it came on.
struct SandboxContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

/// Makes the faults of a plan happen. It stands before the gates, so that a fault needs no right credentials.
struct FaultInjector: RouterMiddleware {
    typealias Context = SandboxContext

    let plan: FaultPlan
    private let connections = UsedConnections()

    init(plan: FaultPlan) { self.plan = plan }

    @concurrent func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let isReused = connections.note(context.channel)
        let acting = ActingFaults(plan.faults(for: request.method.rawValue, request.uri.path))
        guard !acting.isEmpty else { return try await next(request, context) }

        try await acting.connection?.beforeAnswer(on: context.channel, isReused: isReused)
        var answer: FaultyAnswer
        if let replacement = acting.replacement {
            answer = replacement()
        } else {
            let response = try await SandboxConditions.$current.withValue(acting.conditions) {
                try await next(request, context)
            }
            try await acting.connection?.afterExecution(on: context.channel)
            guard acting.needsBytes else { return acting.dated(response) }
            answer = FaultyAnswer(
                status: response.status, headers: response.headers, body: .bytes(try await response.body.collected())
            )
        }
        for distortion in acting.distortions { distortion(&answer) }
        answer.headers[.contentLength] = nil
        let body = acting.connection?.body(answer.bytes, on: context.channel) ?? answer.body.responseBody
        return acting.dated(Response(status: answer.status, headers: answer.headers, body: body))
    }
}

/// The faults that act on one request, by what they touch.
private struct ActingFaults {
    var conditions = SandboxConditions()
    var replacement: (@Sendable () -> FaultyAnswer)?
    var distortions: [@Sendable (inout FaultyAnswer) -> Void] = []
    var connection: ConnectionFault?
    let isEmpty: Bool

    /// Whether the whole answer has to be at hand; otherwise it is streamed as it is made.
    var needsBytes: Bool { !distortions.isEmpty || connection != nil }

    init(_ faults: [SandboxFault]) {
        isEmpty = faults.isEmpty
        for fault in faults {
            switch fault.kind {
            case .condition(let change): change(&conditions)
            case .replacement(let make): replacement = replacement ?? make
            case .distortion(let change): distortions.append(change)
            case .connection(let fault): connection = connection ?? fault
            }
        }
    }

    /// The answer with the date that the server believes in.
    func dated(_ response: Response) -> Response {
        guard conditions.clockOffset != 0, let field = ServerDate.field else { return response }
        var response = response
        response.headers[field] = SandboxDates.http(after: conditions.clockOffset)
        return response
    }
}

extension FaultyAnswer.Body {
    private static let pieceSize = 1 << 20

    fileprivate var responseBody: ResponseBody {
        switch self {
        case .bytes(let bytes): return ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        case .stream(let count):
            return ResponseBody { writer in
                let piece = ByteBuffer(repeating: UInt8(ascii: " "), count: Self.pieceSize)
                for start in stride(from: 0, to: count, by: Self.pieceSize) {
                    try await writer.write(piece.getSlice(at: 0, length: min(Self.pieceSize, count - start)) ?? piece)
                }
                try await writer.finish(nil)
            }
        }
    }
}

extension ResponseBody {
    /// All bytes that the body writes.
    fileprivate func collected() async throws -> [UInt8] {
        let collector = Collector()
        try await write(collector)
        return collector.bytes.withLock(\.self)
    }

    private final class Collector: ResponseBodyWriter, Sendable {
        let bytes = Locked<[UInt8]>([])

        func write(_ buffer: ByteBuffer) async throws { bytes.withLock { $0 += buffer.readableBytesView } }

        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
