internal import Foundation

/// Stands between client and sandbox and spoils some answers. It knows just enough of HTTP/1.1 to tell requests without
/// bodies apart; each is passed on over a connection of its own.
final class FaultyProxy: Sendable {
    let port: Int
    private let listener: Int32
    private let upstream: Int
    private let dice: FaultDice

    init(upstream: Int, dice: FaultDice) throws {
        (listener, port) = try Connection.listen()
        self.upstream = upstream
        self.dice = dice
    }

    /// Serves until the process ends, on threads of its own.
    func start() {
        Thread.detachNewThread { [self] in
            while true {
                guard let client = try? Connection(accepting: listener) else { continue }
                Thread.detachNewThread { self.serve(client) }
            }
        }
    }

    private func serve(_ client: Connection) {
        do {
            var received: [UInt8] = []
            while true {
                while received.firstRange(of: Self.blankLine) == nil {
                    let more = try client.read()
                    guard !more.isEmpty else { return client.close() }
                    received += more
                }
                guard let end = received.firstRange(of: Self.blankLine)?.upperBound else { return client.close() }
                let head = Array(received[..<end])
                received.removeFirst(end)
                guard try answer(head, to: client) else { return }
            }
        } catch {
            client.close()
        }
    }

    /// Answers one request; `false` where the connection is closed by then.
    private func answer(_ head: [UInt8], to client: Connection) throws -> Bool {
        let (fault, amount) = dice.roll()
        switch fault {
        case .resetBefore:
            client.reset()
            return false
        case .unavailable:
            try client.write(
                Self.refusal("503 Service Unavailable", "<html><body>Service Unavailable</body></html>")[...])
            return true
        case .tooManyWithTime:
            try client.write(Self.refusal("429 Too Many Requests", "{}", fields: "Retry-After: 1\r\n")[...])
            return true
        case .tooMany:
            try client.write(Self.refusal("429 Too Many Requests", "{}")[...])
            return true
        case .late:
            Thread.sleep(forTimeInterval: amount)
        default: break
        }

        let answer = try fetch(head)
        let part = answer[..<Int(Double(answer.count) * amount)]
        switch fault {
        case .resetDuring:
            try client.write(part)
            client.reset()
            return false
        case .closedDuring:
            try client.write(part)
            client.close()
            return false
        case .closedAfter:
            try client.write(answer[...])
            client.close()
            return false
        case .drip:
            for start in stride(from: 0, to: answer.count, by: answer.count / 20 + 1) {
                try client.write(answer[start..<min(answer.count, start + answer.count / 20 + 1)])
                Thread.sleep(forTimeInterval: amount / 50)
            }
            return true
        default:
            try client.write(answer[...])
            return true
        }
    }

    /// The sandbox's whole answer, made fit for a connection that stays open.
    private func fetch(_ head: [UInt8]) throws -> [UInt8] {
        let server = try Connection(port: upstream)
        defer { server.close() }
        try server.write((Array(head.dropLast(2)) + Array("Connection: close\r\n\r\n".utf8))[...])
        var answer: [UInt8] = []
        while case let more = try server.read(), !more.isEmpty { answer += more }
        guard let end = answer.firstRange(of: Self.blankLine) else { throw Connection.Broken() }
        let lines = String(decoding: answer[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
            .filter { !$0.lowercased().hasPrefix("connection:") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + answer[end.upperBound...]
    }

    private static let blankLine = Array("\r\n\r\n".utf8)

    private static func refusal(_ status: String, _ body: String, fields: String = "") -> [UInt8] {
        let type = body.hasPrefix("<") ? "text/html" : "application/json"
        let head =
            "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n"
        return Array((head + body).utf8)
    }
}
