internal import CertProtocol

/// A request that reached a sandbox, without headers, which is where both certificate authorities take credentials.
public struct RecordedRequest: Sendable, Hashable, CustomStringConvertible {
    /// The method, upper case.
    public let method: String
    /// The path and query as they stood on the wire.
    public let target: String

    /// The method and the target, as in a request line.
    public var description: String { "\(method) \(target)" }
}

/// What came in: all of it counted, the latest kept.
final class RequestLog: Sendable {
    private struct State {
        var count = 0
        var tooMany = 0
        var latest: [RecordedRequest] = []
    }

    private static let kept = 10_000
    private let state = Locked(State())

    var count: Int { state.withLock { $0.count } }

    /// How many were more than the rate windows allow.
    var tooMany: Int { state.withLock { $0.tooMany } }

    var requests: [RecordedRequest] { state.withLock { Array($0.latest.suffix(Self.kept)) } }

    func recordTooMany() { state.withLock { $0.tooMany += 1 } }

    func record(_ request: RecordedRequest) {
        state.withLock { state in
            state.count += 1
            state.latest.append(request)
            // Trimmed in blocks, so that a long run doesn't move the array at every request.
            if state.latest.count >= 2 * Self.kept { state.latest.removeFirst(Self.kept) }
        }
    }
}
