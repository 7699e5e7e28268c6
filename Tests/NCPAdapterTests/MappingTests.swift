import CertProtocol
import FoundationEssentials
import Testing

@testable import NCPAdapter

struct MappingTests {
    @Test(
        "each statusCode has its status, and what nobody explains is kept",
        arguments: [
            ("0", .pending), ("1", .issued), ("2", .issued), ("3", .issued), ("-1", .failed), ("-2", .expired),
            ("-3", .failed), ("-4", .failed), ("-5", .revoked), ("-6", .deleted), ("-7", .revocationPending),
            ("-11", .failed), ("-12", .unknown("-12")), ("-20", .unknown("-20")), ("4", .unknown("4")),
            ("Normal", .unknown("Normal")), (nil, .unknown("")),
        ] as [(String?, CertificateStatus)]
    )
    func statusCodes(code: String?, status: CertificateStatus) {
        #expect(NCPText.status(code: code) == status)
    }

    @Test(
        "changes say their status in words",
        arguments: [
            ("Normal", .issued), ("Ongoing", .pending), ("Validation timed out", .failed),
            ("Something new", .unknown("Something new")), ("1", .unknown("1")), (nil, .unknown("")),
        ] as [(String?, CertificateStatus)]
    )
    func statusWords(words: String?, status: CertificateStatus) {
        #expect(NCPText.status(words: words) == status)
    }

    @Test(
        "a date without a zone is Korean time, milliseconds are read, and nothing is guessed",
        arguments: [
            ("2026-03-01 10:15:30(UTC+09:00)", "2026-03-01T01:15:30Z"),
            ("2026-03-01 10:15:30 (UTC+09:00)", "2026-03-01T01:15:30Z"),
            ("2026-03-01 10:15:30(UTC-05:00)", "2026-03-01T15:15:30Z"),
            ("2026-03-01 10:15:30", "2026-03-01T01:15:30Z"),
            ("2026-03-01T10:15:30+09:00", "2026-03-01T01:15:30Z"),
            ("2026-03-01", "2026-03-01"),
            ("1772327730000", "2026-03-01T01:15:30Z"),
            ("1772327730", nil), ("20260301101530", nil), ("-177232773000", nil), ("soon", nil), ("", nil),
            (" ", nil), (nil, nil),
        ] as [(String?, String?)]
    )
    func dates(text: String?, expected: String?) {
        #expect(NCPText.date(text)?.text == expected)
    }

    @Test(
        "the type of a certificate tells its validation where its name does",
        arguments: [
            ("NCP_PAID_OV_01", "ov"), ("NCP_PAID_DV_01", "dv"), ("NCP_PRIVATE_SSL", nil), ("OV", nil), (nil, nil),
        ] as [(String?, String?)]
    )
    func validation(type: String?, expected: String?) {
        #expect(NCPText.validation(ofType: type) == expected)
    }
}
