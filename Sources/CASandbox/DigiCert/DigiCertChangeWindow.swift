internal import CertProtocol
internal import FoundationEssentials

/// The span of time that "Status change list" is asked for, at most seven days.
struct DigiCertChangeWindow {
    private static let longest = 7 * 86_400
    /// The filter's dates are in US Mountain daylight time.
    private static let mountainOffset = -6 * 3600

    /// Seconds before now, the later end first.
    private let range: ClosedRange<Int>

    init(_ query: QueryItems, now: Double) throws {
        let minutes = try Self.number("minutes", in: query)
        let seconds = try Self.number("seconds", in: query)
        if let filter = query.filters["status_last_updated"]?.first {
            range = try Self.range(filter, now: now)
        } else if minutes != nil || seconds != nil {
            range = 0...((minutes ?? 0) * 60 + (seconds ?? 0))
        } else {
            throw DigiCertAnswers.badRequest("minutes, seconds or filters[status_last_updated] is required.")
        }
        guard range.count - 1 <= Self.longest else {
            throw DigiCertAnswers.badRequest(
                "The time frame is too long: at most 7 days are allowed.",
                code: "time_frame_too_long"
            )
        }
    }

    func contains(secondsAgo: Int) -> Bool { range.contains(secondsAgo) }

    /// `yyyy-MM-dd...yyyy-MM-dd`, each with a time of day or without.
    private static func range(_ text: String, now: Double) throws -> ClosedRange<Int> {
        guard let dots = text.firstRange(of: "..."),
            let from = secondsAgo(text[..<dots.lowerBound], now: now),
            let to = secondsAgo(text[dots.upperBound...], now: now), to <= from
        else { throw DigiCertAnswers.badRequest("status_last_updated must be a range of dates.") }
        return to...from
    }

    private static func secondsAgo(_ text: Substring, now: Double) -> Int? {
        guard let date = CertificateDate(String(text), assumingOffset: mountainOffset) else { return nil }
        let seconds =
            switch date {
            case .instant(let instant): instant.timeIntervalSince1970
            case .day: date.startInUTC.timeIntervalSince1970 - Double(mountainOffset)
            }
        return Int(now - seconds)
    }

    private static func number(_ name: String, in query: QueryItems) throws -> Int? {
        guard let text = query[name] else { return nil }
        // The bound keeps sums of minutes and seconds far from overflow.
        guard let number = Int(text), (0...1_000_000_000).contains(number) else {
            throw DigiCertAnswers.badRequest("\(name) must be a whole number.")
        }
        return number
    }
}
