internal import AdapterSystem
internal import CertProtocol
internal import FoundationEssentials

/// The right to change what is in a folder: one task of one process has it at a time, and the system takes it back from a
/// process that ends, however it ends.
enum FolderLock {
    private static let pause = Duration.milliseconds(10)

    /// Runs `body` while nobody else has the lock.
    ///
    /// - Parameters:
    ///   - path: the lock's file, which is made and stays.
    ///   - context: how long is waited for it.
    ///   - clock: the time.
    ///   - body: what is done.
    /// - Returns: what `body` returns.
    /// - Throws: `timeout` or `cancelled` where the lock didn't come in time, and what `body` throws.
    static func with<Result: Sendable>(
        _ path: String, context: OperationContext, clock: OperationClock,
        _ body: () async throws(CertificateError) -> Result
    ) async throws(CertificateError) -> Result {
        if !FileManager.default.fileExists(atPath: path) { try PrivateFile.create(path, []) }
        while true {
            try check(context, clock)
            guard let lock = FileLock(path) else {
                guard FileManager.default.isWritableFile(atPath: path) else {
                    throw .unusable(path, "can't be opened any more, so that nobody can wait for it.")
                }
                do { try await clock.sleep(clock.now().advanced(by: pause)) } catch {
                    throw CertificateError.wrapping(error, as: .cancelled)
                }
                continue
            }
            defer { withExtendedLifetime(lock) {} }
            return try await body()
        }
    }

    /// Whether a call still has time, and somebody who waits for it.
    ///
    /// - Throws: `timeout`, `cancelled`; nothing was done.
    static func check(_ context: OperationContext, _ clock: OperationClock) throws(CertificateError) {
        if Task.isCancelled { throw CertificateError(.cancelled, "The call was cancelled; nothing was done.") }
        if let deadline = context.deadline, deadline <= clock.now() {
            throw CertificateError(.timeout, "The time was over before the local CA could do it; nothing was done.")
        }
    }
}
