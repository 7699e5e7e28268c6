public import CertProtocol
internal import FoundationEssentials

extension OperationClock {
    /// The machine's clocks, but nobody sleeps: pauses before another attempt cost no time, and deadlines hold.
    public static let impatient = OperationClock(
        now: { .now }, date: { Date() }, sleep: { _ in try Task.checkCancellation() }
    )
}
