internal import CertProtocol
internal import FoundationEssentials

/// `order_validity` and `cert_validity`: exactly one of years, days and a last day ("Order basic OV").
struct DigiCertPeriod: Sendable {
    /// What a refusal names (`invalid_value:validity_years`).
    let field: String
    /// As it is shown again.
    let json: JSONNode
    /// The last day, which is included.
    let lastDay: Int

    static let oneYear = JSONValue(["years": 1])
    /// An order is paid for three years at most since 2023-10-31 ("Multi-year plan").
    private static let mostYears = 3
    /// Public TLS certificates are valid for 199 days at most since 2026-02-24 ("End of 2-year public SSL certificates").
    static let mostCertificateDays = 199

    /// Reads a period that starts on a day.
    ///
    /// - Throws: the refusal for what isn't exactly one of the three, or lies outside of what can be ordered.
    init(_ value: JSONValue, from today: Int) throws {
        let years = value.integer("years")
        let days = value.integer("days")
        let date = value.string("custom_expiration_date")
        switch (years, days, date) {
        case (let years?, nil, nil):
            field = "validity_years"
            guard (1...Int64(Self.mostYears)).contains(years) else { throw Self.invalid(field) }
            json = ["years": .integer(years)]
            lastDay = Self.day(Int(years), yearsAfter: today) - 1
        case (nil, let days?, nil):
            field = "validity_days"
            guard (1...Int64(Self.mostYears * 366)).contains(days) else { throw Self.invalid(field) }
            json = ["days": .integer(days)]
            lastDay = today + Int(days) - 1
        case (nil, nil, let date?):
            field = "custom_expiration_date"
            guard case .day(let day)? = CertificateDate(date) else { throw Self.invalid(field) }
            json = ["custom_expiration_date": .string(date)]
            lastDay = Int(day.startInUTC.timeIntervalSince1970) / 86_400
            guard (today...Self.day(Self.mostYears, yearsAfter: today)).contains(lastDay) else {
                throw Self.invalid(field)
            }
        default:
            throw DigiCertAnswers.badRequest("Exactly one of years, days and custom_expiration_date is required.")
        }
    }

    private static func invalid(_ field: String) -> Refusal {
        DigiCertAnswers.badRequest("The value of \(field) is too long or not valid.", code: "invalid_value:\(field)")
    }

    private static func day(_ years: Int, yearsAfter today: Int) -> Int {
        let start = CalendarDay(Date(timeIntervalSince1970: Double(today) * 86_400))
        // The 29th of February becomes the 1st of March.
        let end =
            CalendarDay(year: start.year + years, month: start.month, day: start.day)
            ?? CalendarDay(year: start.year + years, month: 3, day: 1) ?? start
        return Int(end.startInUTC.timeIntervalSince1970) / 86_400
    }
}
