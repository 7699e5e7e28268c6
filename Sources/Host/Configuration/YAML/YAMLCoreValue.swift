/// What a plain scalar means by the core schema of YAML 1.2.2, section 10.3.2.
///
/// `no` is a string there, `012` is twelve and `0o17` is octal.
enum YAMLCoreValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    /// A whole number; `nil` where it doesn't fit 64 bits.
    case integer(Int?)
    case float(Double)
    case string(String)

    /// Resolves a plain scalar.
    init(plain text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "true", "True", "TRUE": self = .boolean(true)
        case "false", "False", "FALSE": self = .boolean(false)
        case ".nan", ".NaN", ".NAN": self = .float(.nan)
        default: self = Self.number(text) ?? .string(text)
        }
    }

    /// What it is, for people.
    var typeName: String {
        switch self {
        case .null: "nothing"
        case .boolean: "a boolean"
        case .integer: "a whole number"
        case .float: "a decimal number"
        case .string: "a string"
        }
    }

    private static func number(_ text: String) -> YAMLCoreValue? {
        // A sign, a point or a digit; every letter comes after the 9.
        guard let first = text.utf8.first, first <= UInt8(ascii: "9") else { return nil }
        if let digits = text.dropping(prefix: "0o"), digits.isMade(of: octalDigits) {
            return .integer(Int(digits, radix: 8))
        }
        if let digits = text.dropping(prefix: "0x"), digits.isMade(of: hexadecimalDigits) {
            return .integer(Int(digits, radix: 16))
        }
        let isNegative = text.hasPrefix("-")
        let unsigned = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        if [".inf", ".Inf", ".INF"].contains(unsigned) { return .float(isNegative ? -.infinity : .infinity) }
        if unsigned.isMade(of: decimalDigits) { return .integer(Int(text)) }
        return isDecimalFraction(unsigned) ? Double(text).map(YAMLCoreValue.float) : nil
    }

    /// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
    private static func isDecimalFraction(_ text: Substring) -> Bool {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        if parts.count == 2 {
            let exponent = parts[1]
            let digits = exponent.hasPrefix("-") || exponent.hasPrefix("+") ? exponent.dropFirst() : exponent
            guard digits.isMade(of: decimalDigits) else { return false }
        }
        guard let mantissa = parts.first else { return false }
        let halves = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = halves.first ?? ""
        let fraction = halves.count == 2 ? halves[1] : ""
        guard whole.isEmpty || whole.isMade(of: decimalDigits), fraction.isEmpty || fraction.isMade(of: decimalDigits)
        else { return false }
        return !(whole.isEmpty && fraction.isEmpty)
    }

    private static let decimalDigits = Set("0123456789".utf8)
    private static let octalDigits = Set("01234567".utf8)
    private static let hexadecimalDigits = Set("0123456789abcdefABCDEF".utf8)
}

extension StringProtocol {
    fileprivate func isMade(of digits: Set<UInt8>) -> Bool { !isEmpty && utf8.allSatisfy(digits.contains) }

    fileprivate func dropping(prefix: String) -> SubSequence? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }
}
