internal import CertProtocol
internal import FoundationEssentials

/// The span of time that recentChanges is asked for: `minutes`, `seconds`, or `startDateTime` and `endDateTime`.
struct NCPChangeWindow {
    /// Seconds before now; `nil` holds nothing.
    private let range: ClosedRange<Int>?

    init(_ query: QueryItems, now: Double) throws {
        let minutes = try Self.number("minutes", in: query, most: 10_080)
        let seconds = try Self.number("seconds", in: query, most: 604_800)
        if minutes != nil, seconds != nil {
            range = nil
        } else if let span = minutes.map({ $0 * 60 }) ?? seconds {
            range = 0...span
        } else if let start = Self.secondsAgo(query["startDateTime"], now: now),
            let end = Self.secondsAgo(query["endDateTime"], now: now), end <= start
        {
            range = end...start
        } else {
            throw NCPAnswers.failure("2101", "minutes, seconds or startDateTime and endDateTime are required.")
        }
    }

    func contains(secondsAgo: Int) -> Bool { range?.contains(secondsAgo) ?? false }

    private static func number(_ name: String, in query: QueryItems, most: Int) throws -> Int? {
        guard let text = query[name] else { return nil }
        guard let number = Int(text), (1...most).contains(number) else {
            throw NCPAnswers.failure("2101", "\(name) must be a whole number from 1 to \(most).")
        }
        return number
    }

    /// Without a zone the time is Korea's.
    private static func secondsAgo(_ text: String?, now: Double) -> Int? {
        guard let text, let date = CertificateDate(text, assumingOffset: 9 * 3600) else { return nil }
        return Int(now - date.startInUTC.timeIntervalSince1970)
    }
}
