internal import FoundationEssentials

/// `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date.
enum RetryAfter {
    /// How long to wait; `nil` where the field says neither.
    static func duration(_ field: String, now: Date) -> Duration? {
        let text = field.filter { !$0.isWhitespace || $0 == " " }
        if let seconds = Int64(text), seconds >= 0 { return .seconds(min(seconds, 86_400)) }
        guard let date = HTTPDate.date(text) else { return nil }
        return .seconds(max(0, min(86_400, date.timeIntervalSince(now).rounded(.up))))
    }
}
