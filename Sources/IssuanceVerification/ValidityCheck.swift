internal import CertProtocol
internal import FoundationEssentials

/// Whether a certificate is valid when and for as long as was asked.
struct ValidityCheck {
    let notBefore: Date
    let notAfter: Date
    let now: Date

    private static let day = 86_400.0
    /// Authorities begin at midnight of some zone, end before it, and round years.
    private static let tolerance = 2 * day

    func check(_ asked: ValidityPeriod?, mayBeShorter: Bool) throws(CertificateError) {
        guard notBefore < notAfter else { throw .mismatch("it ends before it begins") }
        guard notAfter > now else { throw .mismatch("it ended on \(Self.text(notAfter)) already") }
        guard notBefore <= now + Self.day else { throw .mismatch("it begins on \(Self.text(notBefore)) only") }
        guard let end = asked.map(end) else { return }
        if notAfter > end + Self.tolerance {
            throw .mismatch("it is valid until \(Self.text(notAfter)), longer than asked, which was \(Self.text(end))")
        }
        guard notAfter < end - Self.tolerance, !mayBeShorter else { return }
        let length = notAfter.timeIntervalSince(notBefore)
        if length < Self.longestPublic(from: notBefore) - Self.tolerance {
            throw .mismatch("it is valid until \(Self.text(notAfter)) only, which was to be \(Self.text(end))")
        }
    }

    /// The end that was asked for.
    private func end(_ period: ValidityPeriod) -> Date {
        switch period {
        case .days(let days): notBefore + Double(days) * Self.day
        case .years(let years): notBefore + Double(years) * 365.25 * Self.day
        case .until(let day): day.startInUTC + Self.day
        @unknown default: notAfter
        }
    }

    /// The longest that a public TLS certificate may be valid, by when it begins (CA/Browser Forum Baseline Requirements, 6.3.2,
    /// as amended by ballot SC-081v3). Authorities stay a day below it, and cut longer wishes down to it.
    private static func longestPublic(from date: Date) -> TimeInterval {
        let limits: [(year: Int, month: Int, days: Double)] = [(2029, 3, 47), (2027, 3, 100), (2026, 3, 200)]
        for limit in limits {
            if let start = CalendarDay(year: limit.year, month: limit.month, day: 15), date >= start.startInUTC {
                return limit.days * day
            }
        }
        return 398 * day
    }

    private static func text(_ date: Date) -> String { CalendarDay(date).description }
}
