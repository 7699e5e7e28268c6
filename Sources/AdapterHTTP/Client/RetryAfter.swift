internal import FoundationEssentials

/// `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date.
enum RetryAfter {
    /// How long to wait, where the field says seconds.
    static func seconds(_ field: String) -> Duration? {
        let text = field.filter { !$0.isWhitespace || $0 == " " }
        guard let seconds = Int64(text), seconds >= 0 else { return nil }
        return .seconds(min(seconds, 86_400))
    }

    /// How long to wait; `nil` where the field says neither.
    static func duration(_ field: String, now: Date) -> Duration? {
        if let seconds = seconds(field) { return seconds }
        let text = field.filter { !$0.isWhitespace || $0 == " " }
        guard let date = HTTPDate.date(text) else { return nil }
        return .seconds(max(0, min(86_400, date.timeIntervalSince(now).rounded(.up))))
    }
}
