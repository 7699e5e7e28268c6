internal import CertProtocol
internal import FoundationEssentials

/// The dates that generated records carry: days count from 1970-01-01, seconds are those of a day.
enum SandboxDates {
    /// The current day in UTC.
    static var today: Int { Int(now) / 86_400 }

    /// The seconds since 1970.
    static var now: Double { Date().timeIntervalSince1970 }

    /// `yyyy-MM-dd`.
    static func day(_ day: Int) -> String {
        CalendarDay(Date(timeIntervalSince1970: Double(day) * 86_400)).description
    }

    /// `yyyy-MM-ddTHH:mm:ss+00:00`, as DigiCert writes instants.
    static func instant(_ day: Int, second: Int = 0) -> String { "\(self.day(day))T\(clock(second))+00:00" }

    /// `yyyy-MM-dd HH:mm:ss`, as NAVER Cloud writes a subscription's dates.
    static func dateTime(_ day: Int, second: Int) -> String { "\(self.day(day)) \(clock(second))" }

    /// `yyyy-MM-dd HH:mm:ss(UTC+09:00)`, as NAVER Cloud writes a certificate's dates.
    static func koreanTime(_ day: Int, second: Int) -> String { dateTime(day, second: second) + "(UTC+09:00)" }

    private static func clock(_ second: Int) -> String {
        [second / 3600 % 24, second / 60 % 60, second % 60]
            .map { $0 < 10 ? "0\($0)" : "\($0)" }
            .joined(separator: ":")
    }
}

/// Parses a sample of the official documentation, which stands in this source as it was printed. Text that isn't JSON
/// becomes `null`, which a test looks for.
func officialSample(_ text: String) -> JSONValue {
    (try? JSONValue(parsing: text)) ?? JSONValue(.null)
}
