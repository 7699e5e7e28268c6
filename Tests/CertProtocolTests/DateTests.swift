import CertProtocol
import FoundationEssentials
import Testing

@Suite("Dates as precise as they were given")
struct DateTests {
    @Test(
        "every form that certificate authorities use",
        arguments: [
            ("2019-06-11T07:08:04+00:00", "2019-06-11T07:08:04Z"), ("2019-06-11T07:08:04Z", "2019-06-11T07:08:04Z"),
            ("2019-06-11T16:08:04+09:00", "2019-06-11T07:08:04Z"), ("2019-06-11T16:08:04+0900", "2019-06-11T07:08:04Z"),
            ("2019-06-21 13:37:00", "2019-06-21T13:37:00Z"), ("2020-06-15", "2020-06-15"),
            ("2026-03-01 10:15:30(UTC+09:00)", "2026-03-01T01:15:30Z"),
            ("2026-03-01 10:15:30 (UTC+09:00)", "2026-03-01T01:15:30Z"),
            ("2026-03-01 10:15:30(GMT)", "2026-03-01T10:15:30Z"),
            ("2026-03-01T00:00:00.250Z", "2026-03-01T00:00:00.250Z"), ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
            ("2024-02-29", "2024-02-29"), ("2000-02-29T00:00:00-01:00", "2000-02-29T01:00:00Z"),
        ]
    )
    func forms(_ text: String, _ expected: String) {
        #expect(CertificateDate(text)?.text == expected)
    }

    @Test("a date and time without a zone takes the one that its authority means")
    func assumedOffset() {
        #expect(CertificateDate("2026-03-01 10:15:30", assumingOffset: 9 * 3600)?.text == "2026-03-01T01:15:30Z")
        #expect(CertificateDate("2026-03-01T10:15:30Z", assumingOffset: 9 * 3600)?.text == "2026-03-01T10:15:30Z")
    }

    @Test(
        "anything else is no date",
        arguments: [
            "", "soon", "2026-13-01", "2026-02-30", "2023-02-29", "2026-3-1", "2026-03-01T", "2026-03-01T25:00:00Z",
            "2026-03-01 10:15", "2026-03-01T10:15:30+9", "21 DEC 2021", "2026-03-01 10:15:30(UTC+09:00", "20260301",
        ]
    )
    func refused(_ text: String) {
        #expect(CertificateDate(text) == nil)
    }

    @Test("a day starts at midnight in UTC, whatever the year")
    func days() throws {
        for text in ["1970-01-01", "1600-12-31", "2026-11-22", "9999-12-31"] {
            guard case .day(let day) = CertificateDate(text) else {
                Issue.record("\(text) is not a day")
                continue
            }
            #expect(CalendarDay(day.startInUTC) == day)
            #expect(CalendarDay(day.startInUTC.addingTimeInterval(86_399)) == day)
        }
    }

    @Test(
        "an instant in a year that four digits can't hold is still printed",
        arguments: [
            (253_402_300_800.0, "10000-01-01T00:00:00Z"), (-62_167_305_600, "-0001-12-31T00:00:00Z"),
            (-62_167_219_200, "0000-01-01T00:00:00Z"),
        ]
    )
    func distantYears(_ seconds: Double, _ expected: String) {
        #expect(CertificateDate.instant(Date(timeIntervalSince1970: seconds)).text == expected)
    }
}
