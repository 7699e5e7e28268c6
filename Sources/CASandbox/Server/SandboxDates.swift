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

    /// The instant as DigiCert writes it, without a fraction of a second.
    static func instant(_ date: Date) -> String {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        return instant(seconds / 86_400, second: seconds % 86_400)
    }

    /// `yyyy-MM-dd HH:mm:ss`, as NAVER Cloud writes a subscription's dates.
    static func dateTime(_ day: Int, second: Int) -> String { "\(self.day(day)) \(clock(second))" }

    /// `yyyy-MM-dd HH:mm:ss(UTC+09:00)`, as NAVER Cloud writes a certificate's dates.
    static func koreanTime(_ day: Int, second: Int) -> String { dateTime(day, second: second) + "(UTC+09:00)" }

    /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7), so many seconds from now.
    static func http(after seconds: Double) -> String {
        let instant = Int((now + seconds).rounded(.down))
        let day = instant / 86_400
        let parts = self.day(day).split(separator: "-")
        // 1970-01-01 was a Thursday.
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][day % 7]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let month = months[(Int(parts[1]) ?? 1) - 1]
        return "\(weekday), \(parts[2]) \(month) \(parts[0]) \(clock(instant % 86_400)) GMT"
    }

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
