internal import CertProtocol

/// The requests of late, and when the next one may leave: a pure state machine over instants.
///
/// Windows are rolling: in any period of a window's length no more than its requests are sent. A request counts from when it
/// left, and once it is answered from when the answer came: the server has counted it at some moment between the two, and
/// only the later one is certain not to be too early for the next request in its place.
struct RateWindowLog: Sendable {
    /// A request that has left or is going to.
    private struct Entry: Sendable {
        let ticket: UInt64
        let instant: ContinuousClock.Instant
    }

    private(set) var windows: [RateWindow] = []
    /// The windows of each that counts here.
    private var claims: [Int: [RateWindow]] = [:]
    private var lastClaim = 0
    /// By their instants.
    private var entries: [Entry] = []
    private var lastTicket: UInt64 = 0
    private var closedUntil: ContinuousClock.Instant?

    /// A log, with the windows of a first one that counts here.
    init(_ windows: [RateWindow] = []) { if !windows.isEmpty { _ = claim(windows) } }

    /// Adds windows, for a further provider with the same credential; of two with one length, the tighter holds.
    mutating func claim(_ windows: [RateWindow]) -> Int {
        lastClaim += 1
        claims[lastClaim] = windows
        tighten(windows)
        return lastClaim
    }

    /// Lifts the windows of a provider that is gone; what was counted stays.
    mutating func withdraw(claim: Int) {
        claims[claim] = nil
        windows = []
        for windows in claims.values { tighten(windows) }
    }

    private mutating func tighten(_ more: [RateWindow]) {
        for window in more {
            if let index = windows.firstIndex(where: { $0.period == window.period }) {
                windows[index] = RateWindow(min(windows[index].requests, window.requests), per: window.period)
            } else {
                windows.append(window)
            }
        }
    }

    /// Refuses everything until an instant: the server has said that it is too much.
    mutating func close(until instant: ContinuousClock.Instant) {
        closedUntil = max(closedUntil ?? instant, instant)
    }

    /// Takes the next place, and says when its request may leave as far as is known now.
    mutating func take(at now: ContinuousClock.Instant) -> (ticket: UInt64, permit: ContinuousClock.Instant) {
        lastTicket += 1
        let permit = permit(of: lastTicket, at: now)
        insert(Entry(ticket: lastTicket, instant: permit))
        return (lastTicket, permit)
    }

    /// The earliest instant at or after `now` that the request of a ticket may leave at. Answers that have come since may have
    /// made it later than it was.
    func permit(of ticket: UInt64, at now: ContinuousClock.Instant) -> ContinuousClock.Instant {
        var earliest = max(now, closedUntil ?? now)
        for window in windows {
            var count = 0
            // Whoever came later takes a later place, and doesn't count.
            for entry in entries.reversed() where entry.ticket < ticket {
                count += 1
                guard count == window.requests else { continue }
                earliest = max(earliest, entry.instant.advanced(by: window.period))
                break
            }
        }
        return earliest
    }

    /// Notes that a request leaves at another instant, or that its answer has come.
    mutating func move(_ ticket: UInt64, to instant: ContinuousClock.Instant) {
        guard remove(ticket) else { return }
        insert(Entry(ticket: ticket, instant: instant))
        trim(at: instant)
    }

    /// Gives a place back: its request doesn't leave.
    mutating func withdraw(_ ticket: UInt64) { _ = remove(ticket) }

    private mutating func insert(_ entry: Entry) {
        // Instants nearly always come in order.
        let index = entries.lastIndex { $0.instant <= entry.instant }.map { $0 + 1 } ?? 0
        entries.insert(entry, at: index)
    }

    private mutating func remove(_ ticket: UInt64) -> Bool {
        guard let index = entries.lastIndex(where: { $0.ticket == ticket }) else { return false }
        entries.remove(at: index)
        return true
    }

    /// Forgets what no window reaches back to, in bulk, so that a request costs no move of the whole log.
    private mutating func trim(at now: ContinuousClock.Instant) {
        guard let longest = windows.map(\.period).max() else {
            entries = []
            return
        }
        let most = windows.map(\.requests).max() ?? 0
        guard entries.count > 64, entries.count > 2 * most else { return }
        entries.removeAll { $0.instant.advanced(by: longest) <= now }
    }
}
