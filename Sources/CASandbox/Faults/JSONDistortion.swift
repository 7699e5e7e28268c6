internal import CertProtocol

extension SandboxFault {
    /// A fault that changes the answer's JSON, and leaves alone what is none.
    static func json(_ change: @escaping @Sendable (JSONValue) -> JSONNode) -> SandboxFault {
        SandboxFault(
            .distortion { answer in
                guard let value = try? JSONValue(parsing: answer.bytes) else { return }
                var bytes: [UInt8] = []
                change(value).write(into: &bytes)
                answer.bytes = bytes
            })
    }
}

/// JSON that says the same, or less, in a way that nobody documents.
enum JSONDistortion {
    static func withUnknownFields(_ value: JSONValue) -> JSONNode {
        let node = rebuilt(value) { _, value in withUnknownFields(value) }
        guard case .object(let members) = node else { return node }
        return .object(members + [("x_sandbox_unknown", ["list": [1, .null, ["deep": true]], "text": "새 필드"])])
    }

    /// DigiCert has words for where an order stands, NAVER Cloud numbers.
    static func withUnknownStatuses(_ value: JSONValue) -> JSONNode {
        rebuilt(value) { name, value in
            switch (name, value.kind) {
            case ("status", .string): "sandbox_unknown"
            case ("statusCode", .number): 4711
            case ("statusCode", .string): "4711"
            default: withUnknownStatuses(value)
            }
        }
    }

    static func withNumbersAsStrings(_ value: JSONValue) -> JSONNode {
        if let digits = value.numberText { return .string(digits) }
        return rebuilt(value) { _, value in withNumbersAsStrings(value) }
    }

    /// Members that identify a row, or that are about the answer as a whole.
    private static let kept: Set = [
        "id", "order_id", "certificate_id", "account_id", "orderId", "orderID", "certificateNo", "certificateId",
        "returnCode", "returnMessage", "totalCount", "totalRows",
    ]

    static func withNulls(_ value: JSONValue) -> JSONNode {
        rebuilt(value) { name, value in
            // The object of a list that tells its place is no row.
            if name.map({ kept.contains($0) || $0 == "page" }) ?? false { return .raw(value) }
            return switch value.kind {
            case .object, .array: withNulls(value)
            default: .null
            }
        }
    }

    static func withTotal(_ lie: SandboxFault.Total, _ value: JSONValue) -> JSONNode {
        guard value.kind == .object else { return .raw(value) }
        let members = value.members.compactMap { name, value -> (String, JSONNode)? in
            if name == "page" { return (name, withTotal(lie, value)) }
            guard ["total", "totalCount", "totalRows"].contains(name) else { return (name, .raw(value)) }
            switch lie {
            case .tooSmall: return (name, 1)
            case .tooBig: return (name, .integer((value.lenientInteger ?? 0) + 10_000))
            case .missing: return nil
            }
        }
        return .object(members)
    }

    /// Written as bytes: a tree of such a depth would need the stack that the reader is tested not to need.
    static func nest(_ bytes: inout [UInt8], depth: Int) {
        guard let brace = bytes.firstIndex(of: UInt8(ascii: "{")) else { return }
        let isEmpty = bytes.dropFirst(brace + 1).first == UInt8(ascii: "}")
        var member = Array("\"x_sandbox_nested\":".utf8)
        member += Array(repeating: UInt8(ascii: "["), count: depth)
        member += Array(repeating: UInt8(ascii: "]"), count: depth)
        if !isEmpty { member.append(UInt8(ascii: ",")) }
        bytes.insert(contentsOf: member, at: brace + 1)
    }

    /// The same object or array with each of its values changed; the name is `nil` in arrays. Other values stay.
    private static func rebuilt(_ value: JSONValue, _ change: (String?, JSONValue) -> JSONNode) -> JSONNode {
        switch value.kind {
        case .object: .object(value.members.map { ($0.name, change($0.name, $0.value)) })
        case .array: .array(value.elements.map { change(nil, $0) })
        default: .raw(value)
        }
    }
}
