internal import CertProtocol

extension NearMiss {
    /// The length of time that a text means: `30` is `30s`, `5 minutes` is `5m`; `nil` where it means none.
    static func duration(for text: String) -> String? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
        let names = [
            ("ms", ["ms", "millis", "milliseconds"]), ("s", ["", "s", "sec", "secs", "second", "seconds"]),
            ("m", ["m", "min", "mins", "minute", "minutes"]), ("h", ["h", "hr", "hour", "hours"]),
            ("d", ["d", "day", "days"]),
        ]
        guard !digits.isEmpty, let known = names.first(where: { $0.1.contains(unit) }) else { return nil }
        let meant = String(digits) + known.0
        return Duration(text: meant) == nil ? nil : meant
    }

    /// The rate window that a text means: `100 per 5 seconds` is `100/5s`.
    static func rateWindow(for text: String) -> String? {
        let parts = text.replacing(" per ", with: "/").split(separator: "/").map { $0.split(separator: " ") }
        guard parts.count == 2, parts[0].count == 1, let time = duration(for: parts[1].joined(separator: " ")) else {
            return nil
        }
        let meant = "\(parts[0][0])/\(time)"
        return RateWindow(text: meant) == nil || meant == text ? nil : meant
    }
}
