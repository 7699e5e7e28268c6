/// The query of a request target, decoded, in the order sent.
struct QueryItems: Sendable {
    let items: [(name: String, value: String)]

    init(_ target: String) {
        guard let mark = target.firstIndex(of: "?") else {
            items = []
            return
        }
        items = target[target.index(after: mark)...].split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decode(parts[0]), parts.count > 1 ? Self.decode(parts[1]) : "")
        }
    }

    /// The first value of that name.
    subscript(_ name: String) -> String? { items.first { $0.name == name }?.value }

    /// `filters[name]=value` and `filters[name][0]=value`, gathered by name.
    var filters: [String: [String]] {
        var filters: [String: [String]] = [:]
        for item in items where item.name.hasPrefix("filters[") {
            let name = item.name.dropFirst("filters[".count).prefix { $0 != "]" }
            filters[String(name), default: []].append(item.value)
        }
        return filters
    }

    /// `+` is a space; a percent sign that no two hexadecimal digits follow stands for itself.
    private static func decode(_ text: Substring) -> String {
        var decoded: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), rest.count >= 2, digits.allSatisfy(\.isHexDigit),
                let value = UInt8(digits, radix: 16)
            {
                decoded.append(value)
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }
}
