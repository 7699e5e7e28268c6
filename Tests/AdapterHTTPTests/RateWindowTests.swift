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
        let sent = (0..<200).map { _ in log.take(at: start).permit }
        for window in windows {
            for (index, first) in sent.enumerated() {
                let within = sent[index...].prefix { $0 < first.advanced(by: window.period) }
                #expect(within.count <= window.requests)
            }
        }
        // As fast as allowed: five a minute, the last two of each five a window of five seconds later.
        #expect(sent.last.map { start.duration(to: $0) } == .seconds(60 * 39 + 5))
    }

    @Test(
        "a server that counts strictly, whenever between departure and answer, never sees too many",
        arguments: [0, 90, 450])
    func strictServer(_ latency: Int) {
        let window = RateWindow(10, per: .seconds(5))
        var log = RateWindowLog([window])
        var now = ContinuousClock.now
        var counted: [ContinuousClock.Instant] = []
        for number in 0..<200 {
            let (ticket, permit) = log.take(at: now)
            // The first burst takes longest, as it does while connections are made.
            let answer = permit.advanced(by: .milliseconds(number < 10 ? latency * 2 : latency))
            log.move(ticket, to: answer)
            // The server counts early or late, as it likes.
            counted.append(number % 3 == 0 ? permit : answer)
            now = permit
        }
        counted.sort()
        for (index, first) in counted.enumerated() {
            #expect(counted[index...].prefix { $0 < first.advanced(by: window.period) }.count <= window.requests)
        }
    }

    @Test("a closed window lets nothing through until it opens")
    func closed() {
        var log = RateWindowLog([])
        let now = ContinuousClock.now
        #expect(log.take(at: now).permit == now)
        log.close(until: now.advanced(by: .seconds(7)))
        log.close(until: now.advanced(by: .seconds(3)))
        #expect(log.take(at: now).permit == now.advanced(by: .seconds(7)))
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
        #expect(try await first.acquire(atMost: .seconds(60)).waited == .zero)
        #expect(try await second.acquire(atMost: .seconds(60)).waited == .zero)
        #expect(try await other.acquire(atMost: .seconds(60)).waited == .zero)
        #expect(try await first.acquire(atMost: .seconds(60)).waited == .seconds(10))
    }

    @Test("a wait that would be too long is refused at once, and takes no place")
    func tooLong() async throws {
        let clock = ManualClock()
        let limiter = RateLimiter([RateWindow(1, per: .seconds(600))], clock: clock.operationClock)
        _ = try await limiter.acquire(atMost: .seconds(300))
        await #expect(throws: CertificateError(.rateLimited, "")) { try await limiter.acquire(atMost: .seconds(300)) }
        #expect(clock.slept.isEmpty)
        clock.advance(by: .seconds(400))
        #expect(try await limiter.acquire(atMost: .seconds(300)).waited == .seconds(200))
    }

    @Test("whoever is cancelled while waiting takes no place")
    func cancelledWaiter() async throws {
        let limiter = RateLimiter([RateWindow(1, per: .seconds(36_000))])
        _ = try await limiter.acquire(atMost: .seconds(100_000))
        for _ in 0..<5 {
            let waiter = Task { try await limiter.acquire(atMost: .seconds(100_000)) }
            waiter.cancel()
            await #expect(throws: CertificateError(.cancelled, "")) { try await waiter.value }
        }
        // Only the first request counts: the next one may leave after one period, not after six.
        let error = await #expect(throws: CertificateError.self) { try await limiter.acquire(atMost: .seconds(1)) }
        let wait = try #require(error?.retryAfter)
        #expect(wait <= .seconds(36_000))
    }

    @Test("numbers that make no window become the nearest that do")
    func oddWindows() {
        #expect(RateWindow(0, per: .zero) == RateWindow(1, per: .milliseconds(1)))
        #expect(RateWindow(.max, per: .seconds(1)).requests == RateWindow.mostRequests)
        #expect(RateWindow(text: "9223372036854775807/5s") == nil)
        var log = RateWindowLog([RateWindow(.max, per: .seconds(1))])
        let now = ContinuousClock.now
        for _ in 0..<200 { #expect(log.take(at: now).permit == now) }
    }
}
