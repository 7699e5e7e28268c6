public import FoundationEssentials

/// Reading what certificate authorities really send.
extension JSONValue {
    /// A string, or the text of a number or boolean; `nil` for `null`, arrays and objects.
    public var lenientString: String? {
        switch kind {
        case .string: stringValue
        case .number, .boolean: document.text(at: index)
        case .null, .array, .object: nil
        }
    }

    /// A whole number, or a string of its digits, that fits 64 bits.
    public var lenientInteger: Int64? {
        guard kind == .number || kind == .string, let text = lenientString else { return nil }
        if let value = Int64(text) { return value }
        // `1.0` and `1e3` are whole numbers too; beyond 2^53 a Double is no longer exact.
        guard kind == .number, let value = Double(text), value.magnitude < 9_007_199_254_740_992 else { return nil }
        return Int64(exactly: value)
    }

    /// A number, or a string of one, exact to the digit.
    public var lenientDecimal: Decimal? {
        guard kind == .number || kind == .string, let text = lenientString, !text.isEmpty else { return nil }
        // Decimal takes “-” for 0 and stops at what it doesn't know; JSON's grammar is exact.
        guard kind == .number || (try? JSONValue(parsing: text))?.kind == .number else { return nil }
        return Decimal(string: text)
    }

    /// `true`, `1`, `"1"`, `"true"`, `"Y"`, `"yes"` and their opposites, whatever their case.
    public var lenientBoolean: Bool? {
        if let booleanValue { return booleanValue }
        return switch lenientString?.lowercased() {
        case "true", "1", "y", "yes": true
        case "false", "0", "n", "no": false
        default: nil
        }
    }

    /// The member as ``lenientString``.
    public func string(_ name: String) -> String? { self[name]?.lenientString }

    /// The member as ``lenientInteger``.
    public func integer(_ name: String) -> Int64? { self[name]?.lenientInteger }

    /// The member as ``lenientDecimal``.
    public func decimal(_ name: String) -> Decimal? { self[name]?.lenientDecimal }

    /// The member as ``lenientBoolean``.
    public func boolean(_ name: String) -> Bool? { self[name]?.lenientBoolean }

    /// The member where it is an object; `nil` for the `[]` or `null` that some servers send for "none".
    public func object(_ name: String) -> JSONValue? {
        guard let value = self[name], value.kind == .object else { return nil }
        return value
    }

    /// The elements of the member where it is an array; `nil` where it is absent or something else.
    public func array(_ name: String) -> [JSONValue]? {
        guard let value = self[name], value.kind == .array else { return nil }
        return Array(value.elements)
    }

    /// The strings of an array member, or the one string that stands in its place; `nil` where there is neither.
    public func strings(_ name: String) -> [String]? {
        guard let value = self[name] else { return nil }
        switch value.kind {
        case .array: return value.elements.compactMap(\.lenientString)
        case .string: return value.stringValue.map { [$0] }
        default: return nil
        }
    }
}
