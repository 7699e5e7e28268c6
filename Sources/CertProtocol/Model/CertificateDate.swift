public import FoundationEssentials

/// A date as precise as the certificate authority gave it: an instant, or a calendar day, which is not an instant.
public enum CertificateDate: Sendable, Hashable {
    /// A point in time.
    case instant(Date)
    /// A day without a zone.
    case day(CalendarDay)

    /// The point in time for comparisons. A day counts from its start in UTC.
    public var startInUTC: Date {
        switch self {
        case .instant(let date): date
        case .day(let day): day.startInUTC
        }
    }

    /// RFC 3339 in UTC (`2019-06-11T07:08:04Z`, with milliseconds where there are any), or `yyyy-MM-dd`.
    public var text: String {
        switch self {
        case .instant(let date): Self.rfc3339(date)
        case .day(let day): day.description
        }
    }

    /// Reads the forms that certificate authorities use; `nil` for anything else.
    ///
    /// `2018-10-16T20:05:28+00:00` and `…Z` (ISO 8601, a fraction of a second allowed), `2019-06-21 13:37:00`,
    /// `2026-03-01 10:15:30(UTC+09:00)`, and `2020-06-15`, which becomes a day.
    ///
    /// - Parameters:
    ///   - text: the date as sent.
    ///   - offset: the offset from UTC, in seconds, of a date and time that names none.
    public init?(_ text: String, assumingOffset offset: Int = 0) {
        guard let date = DateText(text).read(assumingOffset: offset) else { return nil }
        self = date
    }

    private static func rfc3339(_ date: Date) -> String {
        let milliseconds = Int((date.timeIntervalSince1970 * 1000).rounded())
        let seconds = Int((Double(milliseconds) / 1000).rounded(.down))
        let fraction = milliseconds - seconds * 1000
        let day = CalendarDay(Date(timeIntervalSince1970: Double(seconds)))
        let rest = seconds - day.daysSinceEpoch * 86_400
        return String(unsafeUninitializedCapacity: 40) { buffer in
            var digits = Digits(buffer)
            digits.append(day)
            digits.append("T")
            digits.append(rest / 3600, width: 2)
            digits.append(":")
            digits.append(rest / 60 % 60, width: 2)
            digits.append(":")
            digits.append(rest % 60, width: 2)
            if fraction != 0 {
                digits.append(".")
                digits.append(fraction, width: 3)
            }
            digits.append("Z")
            return digits.count
        }
    }
}

/// Reads a date from its text. Foundation's formatters take none of the zone-less or `(UTC+09:00)` forms, and the older
/// ones take a hundred times as long.
private struct DateText {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    func read(assumingOffset offset: Int) -> CertificateDate? {
        var reader = self
        return reader.readWhole(assumingOffset: offset)
    }

    private mutating func readWhole(assumingOffset assumed: Int) -> CertificateDate? {
        skipSpaces()
        guard let year = number(digits: 4), skip("-"), let month = number(digits: 2), skip("-"),
            let dayOfMonth = number(digits: 2), let day = CalendarDay(year: year, month: month, day: dayOfMonth)
        else { return nil }
        if isAtEnd { return .day(day) }
        guard skip("T") || skip("t") || skip(" ") else { return nil }
        guard let hour = number(digits: 2), hour < 24, skip(":"), let minute = number(digits: 2), minute < 60,
            skip(":"), let second = number(digits: 2), second <= 60, let fraction = fraction(),
            let offset = offset(assumed: assumed), isAtEnd
        else { return nil }
        let seconds = day.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second - offset
        return .instant(Date(timeIntervalSince1970: Double(seconds) + fraction))
    }

    private mutating func fraction() -> Double? {
        guard skip(".") else { return 0 }
        var value = 0.0
        var scale = 0.1
        let start = position
        while let digit = digit() {
            value += Double(digit) * scale
            scale /= 10
        }
        return position > start ? value : nil
    }

    /// Nothing, `Z`, `+09:00`, `+0900`, `(UTC+09:00)`, `(GMT)`, each with optional white space before it.
    private mutating func offset(assumed: Int) -> Int? {
        skipSpaces()
        if isAtEnd { return assumed }
        if skip("Z") || skip("z") { return 0 }
        let isParenthesized = skip("(")
        let isNamed = skip("UTC") || skip("GMT")
        var offset = 0
        if let sign = skip("+") ? 1 : skip("-") ? -1 : nil {
            guard let hours = number(digits: 2), hours < 24 else { return nil }
            _ = skip(":")
            guard let minutes = number(digits: 2), minutes < 60 else { return nil }
            offset = sign * (hours * 3600 + minutes * 60)
        } else if !isNamed {
            return nil
        }
        if isParenthesized, !skip(")") { return nil }
        skipSpaces()
        return offset
    }

    private var isAtEnd: Bool { position == bytes.count }

    private mutating func skipSpaces() {
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
    }

    private mutating func skip(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count,
            bytes[position..<(position + count)].elementsEqual(
                UnsafeBufferPointer(start: text.utf8Start, count: count)
            )
        else { return false }
        position += count
        return true
    }

    private mutating func digit() -> Int? {
        guard position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) else {
            return nil
        }
        position += 1
        return Int(bytes[position - 1] - UInt8(ascii: "0"))
    }

    private mutating func number(digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }
}
