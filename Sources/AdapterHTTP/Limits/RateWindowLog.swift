internal import CertProtocol

/// The requests sent lately, and when the next one may leave: a pure state machine over instants.
///
/// Windows are rolling: in any period of a window's length no more than its requests are sent. A window counts what was
/// *sent*; the network may bunch requests up, so the server can see some of them closer together.
struct RateWindowLog: Sendable {
    private(set) var windows: [RateWindow]
    private var sent: [ContinuousClock.Instant] = []
    private var closedUntil: ContinuousClock.Instant?

    init(_ windows: [RateWindow]) { self.windows = windows }

    /// Adds windows, for a further provider with the same credential; of two with one length, the tighter holds.
    mutating func restrict(to more: [RateWindow]) {
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

    /// The earliest instant at or after `now` that a request may leave at.
    func nextPermit(at now: ContinuousClock.Instant) -> ContinuousClock.Instant {
        var earliest = max(now, closedUntil ?? now)
        for window in windows where sent.count >= window.requests {
            earliest = max(earliest, sent[sent.count - window.requests].advanced(by: window.period))
        }
        return earliest
    }

    /// Takes back that a request would leave at `instant`.
    mutating func withdraw(_ instant: ContinuousClock.Instant) {
        if let index = sent.lastIndex(of: instant) { sent.remove(at: index) }
    }

    /// Notes that a request leaves at `instant`.
    mutating func record(at instant: ContinuousClock.Instant) {
        guard let longest = windows.map(\.period).max() else { return }
        sent.append(instant)
        // Trimmed in bulk, so that a request costs no move of the whole log.
        if sent.count > 64, sent.count > 2 * (windows.map(\.requests).max() ?? 0) {
            sent.removeAll { $0.advanced(by: longest) <= instant }
        }
    }
}
