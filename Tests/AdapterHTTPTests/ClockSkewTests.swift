import CertProtocol
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

@testable import AdapterHTTP

@Suite("This machine's clock beside the server's")
struct ClockSkewTests {
    /// 06 Nov 1994 08:49:37 GMT.
    private static let date = Date(timeIntervalSince1970: 784_111_777)
    private static let field = "Sun, 06 Nov 1994 08:49:37 GMT"

    private static func answer(sent: Double, received: Double, _ headers: HTTPFields) -> HTTPAnswer {
        HTTPAnswer(
            status: 401, headers: headers, sentAt: date.addingTimeInterval(sent),
            receivedAt: date.addingTimeInterval(received)
        )
    }

    @Test(
        "is told in its size and direction",
        arguments: [
            (-423, "This machine's clock is 7 min 3 s behind the server's."),
            (423, "This machine's clock is 7 min 3 s ahead of the server's."),
            (-240, "This machine's clock is 4 min behind the server's."),
            (240, "This machine's clock is 4 min ahead of the server's."),
            (-32_400, "This machine's clock is 9 h behind the server's."),
            (-86_405, "This machine's clock is 1 d behind the server's."),
            (31_622_400, "This machine's clock is 366 d ahead of the server's."),
            (7384, "This machine's clock is 2 h 3 min ahead of the server's."),
            (239, nil), (-239, nil), (0, nil), (-1, nil),
        ] as [(Double, String?)]
    )
    func remark(_ offset: Double, _ remark: String?) {
        let answer = Self.answer(sent: offset, received: offset, [.date: Self.field])
        #expect(answer.clockRemark() == remark)
    }

    @Test("a slow answer isn't taken for a wrong clock")
    func slowAnswer() {
        // The server answered when the request arrived, and the answer took ten minutes; or the other way round.
        #expect(Self.answer(sent: 0, received: 600, [.date: Self.field]).clockSkew == .zero)
        #expect(Self.answer(sent: -600, received: 0, [.date: Self.field]).clockSkew == .zero)
        #expect(Self.answer(sent: -900, received: -300, [.date: Self.field]).clockSkew == .seconds(300))
        #expect(Self.answer(sent: 300, received: 900, [.date: Self.field]).clockSkew == .seconds(-300))
    }

    @Test("nothing is claimed without the server's own time")
    func unknown() {
        #expect(Self.answer(sent: 900, received: 900, [:]).clockSkew == nil)
        #expect(Self.answer(sent: 900, received: 900, [.date: "yesterday"]).clockRemark() == nil)
        // A cache's answer is as old as it says.
        #expect(Self.answer(sent: 900, received: 900, [.date: Self.field, .age: "900"]).clockRemark() == nil)
        #expect(HTTPAnswer(status: 401, headers: [.date: Self.field]).clockSkew == nil)
    }

    @Test(
        "a date that is none is nobody's",
        arguments: [
            "", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 9223372036854775807 08:49:37 GMT", "Sun, 9223372036854775807 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 9223372036854775807:49:37 GMT", "Sun, 06 Nov -1 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
        ]
    )
    func odd(_ text: String) { #expect(HTTPDate.date(text) == nil) }

    @Test("the client says when it sent and received")
    func client() async throws {
        let clock = ManualClock(date: Self.date)
        let transport = ScriptedTransport { _, _ in
            clock.advance(by: .seconds(3))
            return TransportResponse(200, "{}", headers: ["Date": "Sun, 06 Nov 1994 08:56:43 GMT"])
        }
        let answer = try await Self.client(transport, clock).send(HTTPCall("/x"), context: OperationContext())
        #expect(answer.sentAt == Self.date)
        #expect(answer.receivedAt == Self.date.addingTimeInterval(3))
        #expect(answer.clockSkew == .seconds(423))
    }

    @Test("a date in Retry-After counts from the server's time, not from a clock that is wrong")
    func retryAfter() async throws {
        // Our clock is an hour ahead; by it the time to retry has passed long ago.
        let clock = ManualClock(date: Self.date.addingTimeInterval(3600))
        let headers = ["Date": Self.field, "Retry-After": "Sun, 06 Nov 1994 08:49:57 GMT"]
        let transport = ScriptedTransport { _, number in
            number == 0 ? TransportResponse(503, "", headers: headers) : TransportResponse(200, "{}")
        }
        _ = try await Self.client(transport, clock).send(HTTPCall("/x"), context: OperationContext())
        #expect(clock.slept == [.seconds(20)])
    }

    private static func client(_ transport: ScriptedTransport, _ clock: ManualClock) throws -> ProviderHTTPClient {
        ProviderHTTPClient(
            root: try ServiceURL("https://ca.example"), context: AdapterContext(providerID: "p"), transport: transport,
            limiter: RateLimiter([], clock: clock.operationClock), secrets: [], clock: clock.operationClock,
            sign: { _, _ in }, readError: { _, _ in nil }
        )
    }
}
