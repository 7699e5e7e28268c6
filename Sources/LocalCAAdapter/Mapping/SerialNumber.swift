/// Serial numbers of certificates (RFC 5280, section 4.1.2.2).
enum SerialNumber {
    /// 16 bytes that are a positive number of just that length, 126 bits of it random: two that are equal don't happen.
    static func random() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return [bytes[0] & 0x3F | 0x40] + bytes.dropFirst()
    }
}

/// Bytes as upper-case hexadecimal digits.
enum Hexadecimal {
    private static let digits = Array("0123456789ABCDEF")

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    /// The bytes of digits in whatever case, with or without colons; `nil` for anything else.
    static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.filter { $0 != ":" }.compactMap(\.hexDigitValue)
        guard !digits.isEmpty, digits.count == text.filter({ $0 != ":" }).count, digits.count % 2 == 0 else {
            return nil
        }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
