internal import CertProtocol
internal import HTTPTypes
internal import Hummingbird

/// What a route answers: a status, JSON, and the headers that its certificate authority adds.
struct Answer: Sendable {
    enum Body: Sendable {
        case empty
        case json(JSONNode)
        case list(ListBody)
        /// Text under the content type that the headers name.
        case text(String)
    }

    var status: HTTPResponse.Status = .ok
    var headers: HTTPFields = [:]
    var body: Body

    static func json(_ node: JSONNode, status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status: status, body: .json(node))
    }

    var response: Response {
        var headers = headers
        switch body {
        case .empty:
            return Response(status: status, headers: headers)
        case .text(let text):
            return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
        case .json(let node):
            headers[.contentType] = "application/json;charset=UTF-8"
            var bytes: [UInt8] = []
            node.write(into: &bytes)
            return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        case .list(let list):
            headers[.contentType] = "application/json;charset=UTF-8"
            return Response(status: status, headers: headers, body: list.responseBody)
        }
    }
}

/// An answer that ends a request early, thrown from wherever the reason is found.
struct Refusal: Error {
    let answer: Answer
}

/// An object around one long array whose rows are made while they are written, so that a list of a million rows takes
/// no more memory than a page.
struct ListBody: Sendable {
    private static let rowsPerChunk = 1000

    /// Members before the array.
    var head: [(String, JSONNode)] = []
    /// The array's name.
    let name: String
    /// How many rows there are.
    let count: Int
    /// The row at a position, from 0.
    let row: @Sendable (Int) -> JSONNode
    /// Members after the array.
    var tail: [(String, JSONNode)] = []

    var responseBody: ResponseBody {
        if count <= Self.rowsPerChunk {
            return ResponseBody(byteBuffer: ByteBuffer(bytes: chunk(from: 0)))
        }
        let list = self
        return ResponseBody { writer in
            for start in stride(from: 0, to: list.count, by: Self.rowsPerChunk) {
                try await writer.write(ByteBuffer(bytes: list.chunk(from: start)))
            }
            try await writer.finish(nil)
        }
    }

    private func chunk(from start: Int) -> [UInt8] {
        var output: [UInt8] = []
        let end = min(count, start + Self.rowsPerChunk)
        output.reserveCapacity((end - start) * 1024 + 256)
        if start == 0 {
            output.append(UInt8(ascii: "{"))
            for member in head {
                write(member, into: &output)
                output.append(UInt8(ascii: ","))
            }
            JSONNode.string(name).write(into: &output)
            output.append(contentsOf: ":[".utf8)
        }
        for position in start..<end {
            if position > 0 { output.append(UInt8(ascii: ",")) }
            row(position).write(into: &output)
        }
        if end == count {
            output.append(UInt8(ascii: "]"))
            for member in tail {
                output.append(UInt8(ascii: ","))
                write(member, into: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
        return output
    }

    private func write(_ member: (String, JSONNode), into output: inout [UInt8]) {
        JSONNode.string(member.0).write(into: &output)
        output.append(UInt8(ascii: ":"))
        member.1.write(into: &output)
    }
}

extension JSONNode {
    /// The object with other members: one of a name that it has takes that one's place, one of another name comes last, and
    /// one without a value changes nothing.
    func replacing(_ members: [(String, JSONNode?)]) -> JSONNode {
        var own: [(String, JSONNode)] =
            switch self {
            case .object(let members): members
            case .raw(let value): value.members.map { ($0.name, .raw($0.value)) }
            default: []
            }
        for (name, value) in members {
            guard let value else { continue }
            if let position = own.firstIndex(where: { $0.0 == name }) {
                own[position].1 = value
            } else {
                own.append((name, value))
            }
        }
        return .object(own)
    }

    /// The value where the condition holds. Beside a JSON value, a literal `nil` would mean JSON's `null`.
    static func when(_ condition: Bool, _ value: @autoclosure () -> JSONNode?) -> JSONNode? {
        guard condition else { return .none }
        return value()
    }
}
