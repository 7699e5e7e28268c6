import CertProtocol
import TestSupport
import Testing

@testable import AdapterHTTP

@Suite("Rate windows")
struct RateWindowTests {
    @Test("in any period of a window's length no more requests leave than it allows, in several windows at once")
    func rolling() {
        let windows = [RateWindow(3, per: .seconds(5)), RateWindow(5, per: .seconds(60))]
        var log = RateWindowLog(windows)
        let start = ContinuousClock.now
        var now = start
        var sent: [ContinuousClock.Instant] = []
        for _ in 0..<200 {
            now = log.nextPermit(at: now)
            log.record(at: now)
            sent.append(now)
        }
        for window in windows {
            for (index, first) in sent.enumerated() {
                let within = sent[index...].prefix { $0 < first.advanced(by: window.period) }
                #expect(within.count <= window.requests)
            }
        }
        // As fast as allowed: five a minute, the last two of each five a window of five seconds later.
        #expect(start.duration(to: now) == .seconds(60 * 39 + 5))
    }

    @Test("a closed window lets nothing through until it opens")
    func closed() {
        var log = RateWindowLog([])
        let now = ContinuousClock.now
        #expect(log.nextPermit(at: now) == now)
        log.close(until: now.advanced(by: .seconds(7)))
        log.close(until: now.advanced(by: .seconds(3)))
        #expect(log.nextPermit(at: now) == now.advanced(by: .seconds(7)))
    }

    @Test("two providers with one credential share its windows, and the tighter window holds")
    func shared() async throws {
        let clock = ManualClock()
        let shared = SharedResources()
        func limiter(_ credential: String, _ windows: [RateWindow]) -> RateLimiter {
            RateLimiter.shared(
                scope: "test", credential: Secret(credential),
                context: AdapterContext(providerID: "p", limits: windows, shared: shared), clock: clock.operationClock
            )
        }
        let first = limiter("same", [RateWindow(5, per: .seconds(10))])
        let second = limiter("same", [RateWindow(2, per: .seconds(10))])
        let other = limiter("another", [RateWindow(1, per: .seconds(10))])
        #expect(try await first.acquire(atMost: .seconds(60)) == .zero)
        #expect(try await second.acquire(atMost: .seconds(60)) == .zero)
        #expect(try await other.acquire(atMost: .seconds(60)) == .zero)
        #expect(try await first.acquire(atMost: .seconds(60)) == .seconds(10))
    }

    @Test("a wait that would be too long is refused at once, and takes no place")
    func tooLong() async throws {
        let clock = ManualClock()
        let limiter = RateLimiter([RateWindow(1, per: .seconds(600))], clock: clock.operationClock)
        _ = try await limiter.acquire(atMost: .seconds(300))
        await #expect(throws: CertificateError(.rateLimited, "")) { try await limiter.acquire(atMost: .seconds(300)) }
        #expect(clock.slept.isEmpty)
        clock.advance(by: .seconds(400))
        #expect(try await limiter.acquire(atMost: .seconds(300)) == .seconds(200))
    }

    @Test("whoever is cancelled while waiting takes no place")
    func cancelledWaiter() async throws {
        let limiter = RateLimiter([RateWindow(1, per: .seconds(60))])
        _ = try await limiter.acquire(atMost: .seconds(300))
        for _ in 0..<5 {
            let waiter = Task { try await limiter.acquire(atMost: .seconds(300)) }
            waiter.cancel()
            await #expect(throws: CertificateError(.cancelled, "")) { try await waiter.value }
        }
        // Only the first request counts: the next one may leave within a minute, not after six.
        let error = await #expect(throws: CertificateError.self) { try await limiter.acquire(atMost: .seconds(1)) }
        let wait = try #require(error?.retryAfter)
        #expect(wait <= .seconds(60))
    }

    @Test("numbers that make no window become the nearest that do")
    func oddWindows() {
        #expect(RateWindow(0, per: .zero) == RateWindow(1, per: .milliseconds(1)))
        #expect(RateWindow(.max, per: .seconds(1)).requests == RateWindow.mostRequests)
        #expect(RateWindow(text: "9223372036854775807/5s") == nil)
        var log = RateWindowLog([RateWindow(.max, per: .seconds(1))])
        let now = ContinuousClock.now
        for _ in 0..<200 { log.record(at: log.nextPermit(at: now)) }
        #expect(log.nextPermit(at: now) == now)
    }
}
