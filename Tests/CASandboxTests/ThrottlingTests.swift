import CASandbox
import CertProtocol
import Testing

/// Options that make the sandbox as slow and as strict as the services it stands for.
struct ThrottlingTests {
    /// A clock that the test moves by hand.
    private final class HandClock: Sendable {
        private let start = ContinuousClock.now
        private let elapsed = Locked(Duration.zero)

        var now: ContinuousClock.Instant { start.advanced(by: elapsed.withLock(\.self)) }

        func set(_ duration: Duration) { elapsed.withLock { $0 = duration } }
    }

    private func withSandbox(
        limits: [RateWindow], _ body: (CASandbox, HandClock) async throws -> Void
    ) async throws {
        let clock = HandClock()
        let sandbox = try await CASandbox.start(
            options: SandboxOptions(limits: limits), today: 20_000, now: { clock.now }
        )
        try await body(sandbox, clock)
        await sandbox.stop()
    }

    @Test("a window is rolling, and what is beyond it is answered 429 without Retry-After")
    func rollingWindow() async throws {
        try await withSandbox(limits: [RateWindow(3, per: .seconds(5))]) {
            (sandbox: CASandbox, clock: HandClock) async throws -> Void in
            let times: [(milliseconds: Int, statuses: [Int])] = [
                (0, [200]), (3000, [200, 200, 429]), (4999, [429]), (5000, [200, 429]), (7999, [429]),
                (8000, [200, 200, 429]),
            ]
            for time in times {
                clock.set(.milliseconds(time.milliseconds))
                for status in time.statuses {
                    let reply = try await sandbox.digiCert("/user/me")
                    #expect(reply.status == status, "after \(time.milliseconds) ms")
                    #expect(reply.headers["retry-after"] == nil)
                }
            }
            #expect(sandbox.requestCount == 11)
            #expect(sandbox.tooManyCount == 5)
        }
    }

    @Test("of several windows each one holds")
    func severalWindows() async throws {
        try await withSandbox(limits: [RateWindow(2, per: .seconds(1)), RateWindow(3, per: .seconds(60))]) {
            (sandbox: CASandbox, clock: HandClock) async throws -> Void in
            #expect(try await sandbox.digiCert("/user/me").status == 200)
            #expect(try await sandbox.digiCert("/user/me").status == 200)
            #expect(try await sandbox.digiCert("/user/me").status == 429)
            clock.set(.seconds(1))
            #expect(try await sandbox.digiCert("/user/me").status == 200)
            #expect(try await sandbox.digiCert("/user/me").status == 429)
            clock.set(.seconds(60))
            #expect(try await sandbox.digiCert("/user/me").status == 200)
        }
    }

    @Test("the documented windows refuse the 101st request within five seconds")
    func documentedWindows() async throws {
        try await withSandbox(limits: SandboxOptions.documentedLimits) {
            (sandbox: CASandbox, _: HandClock) async throws -> Void in
            for _ in 0..<100 { #expect(try await sandbox.digiCert("/user/me").status == 200) }
            #expect(try await sandbox.digiCert("/user/me").status == 429)
        }
    }

    @Test("every key has windows of its own")
    func ownWindows() async throws {
        try await withSandbox(limits: [RateWindow(1, per: .seconds(5))]) {
            (sandbox: CASandbox, _: HandClock) async throws -> Void in
            #expect(try await sandbox.digiCert("/user/me").status == 200)
            #expect(try await sandbox.digiCert("/user/me").status == 429)
            let target = "/api/v2/certificate/getPaidCertificates?page=1&pageSize=10"
            #expect(try await sandbox.ncp(target).status == 200)
            #expect(try await sandbox.ncp(target).status == 429)
        }
    }

    @Test("an answer takes as long as it is told to, or longer")
    func latency() async throws {
        let latency = Duration.milliseconds(300)
        let sandbox = try await CASandbox.start(options: SandboxOptions(latency: latency))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    let start = ContinuousClock.now
                    let answer = try await sandbox.digiCert("/user/me")
                    #expect(answer.status == 200)
                    #expect(start.duration(to: .now) >= latency)
                }
            }
            try await group.waitForAll()
        }
        await sandbox.stop()
    }
}
