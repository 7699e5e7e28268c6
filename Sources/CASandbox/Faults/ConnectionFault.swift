internal import CertProtocol
internal import Hummingbird
internal import NIOCore

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What goes wrong on the way of a right answer.
enum ConnectionFault: Sendable {
    case reset(SandboxFault.Moment)
    case drip(pieces: Int, time: Duration)
    case hang
    case staleConnection
    case lostAnswer

    /// Thrown after the connection was closed, so that nobody tries to write to it.
    struct Ended: Error {}

    private static let longestHang = Duration.seconds(60)

    /// Acts where nothing is answered at all.
    func beforeAnswer(on channel: any Channel, isReused: Bool) async throws {
        switch self {
        case .reset(.beforeAnswer):
            try await Self.reset(channel)
            throw Ended()
        case .hang:
            // Ends early when the sandbox stops.
            try await Task.sleep(for: Self.longestHang)
            try await channel.close()
            throw Ended()
        case .staleConnection where isReused:
            try await channel.close()
            throw Ended()
        default: break
        }
    }

    /// Acts where the request is carried out, and nobody hears of it.
    func afterExecution(on channel: any Channel) async throws {
        guard case .lostAnswer = self else { return }
        try await channel.close()
        throw Ended()
    }

    /// The body as it travels.
    func body(_ bytes: [UInt8], on channel: any Channel) -> ResponseBody? {
        switch self {
        case .reset(.duringAnswer):
            return ResponseBody(contentLength: bytes.count) { writer in
                try await writer.write(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
                try await Self.reset(channel)
                throw Ended()
            }
        case .reset(.afterAnswer):
            return ResponseBody(contentLength: bytes.count) { writer in
                try await writer.write(ByteBuffer(bytes: bytes))
                try await writer.finish(nil)
                try await Self.reset(channel)
                throw Ended()
            }
        case .drip(let pieces, let time):
            return ResponseBody(contentLength: bytes.count) { writer in
                let size = max(1, (bytes.count + pieces - 1) / pieces)
                for start in stride(from: 0, to: bytes.count, by: size) {
                    try await writer.write(ByteBuffer(bytes: bytes[start..<min(bytes.count, start + size)]))
                    try await Task.sleep(for: time / pieces)
                }
                try await writer.finish(nil)
            }
        default: return nil
        }
    }

    /// Closes so that the other side gets a reset: with nothing to linger for, what isn't sent yet is dropped.
    private static func reset(_ channel: any Channel) async throws {
        if let options = channel as? any SocketOptionProvider {
            try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try await channel.close()
    }
}

/// The connections that have served a request already.
final class UsedConnections: Sendable {
    private let used = Locked<Set<ObjectIdentifier>>([])

    /// Notes a request, and says whether one has come on this connection before.
    func note(_ channel: any Channel) -> Bool {
        let id = ObjectIdentifier(channel)
        let isNew = used.withLock { $0.insert(id).inserted }
        if isNew { channel.closeFuture.whenComplete { _ in self.used.withLock { _ = $0.remove(id) } } }
        return !isNew
    }
}
