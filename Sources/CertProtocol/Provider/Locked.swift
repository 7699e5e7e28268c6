internal import Synchronization

/// State that several tasks share, behind a lock.
///
/// It is the standard library's `Mutex`, and an atomic that is read after locking and written before unlocking. The lock
/// needs no such thing; the thread sanitizer does: on Linux it can't see into `Mutex`, and takes every second access to what
/// one guards for a race. A clean run of it is worth more to us than the nanosecond.
package struct Locked<Value: Sendable>: ~Copyable, Sendable {
    private let mutex: Mutex<Value>
    private let order = Atomic<UInt>(0)

    package init(_ value: Value) { mutex = Mutex(value) }

    /// Runs `body` with the state while nobody else has it.
    package borrowing func withLock<Result: Sendable, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try mutex.withLock { value throws(Failure) in
            _ = order.load(ordering: .acquiring)
            defer { order.store(0, ordering: .releasing) }
            return try body(&value)
        }
    }
}
