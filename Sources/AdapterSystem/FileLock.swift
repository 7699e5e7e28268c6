#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file that is one task's own, among the tasks of this process and among processes, until the value goes or its process
/// ends, however it ends.
///
/// Who needs it for as long as a scope lasts says so with `withExtendedLifetime`.
public final class FileLock: Sendable {
    private let descriptor: Int32

    /// Takes a file that is there. The file itself must not be replaced, or others take the new one.
    ///
    /// `nil` where somebody else has it, or there is none: nobody is waited for.
    ///
    /// - Parameter path: an absolute path.
    public init?(_ path: String) {
        // Not the property: an instance that is whole is closed by its `deinit` too, and by then the number may be another file's.
        // For writing too: without that, file systems of a network refuse the lock (flock(2)).
        let opened = open(path, O_RDWR | O_CLOEXEC)
        guard opened >= 0 else { return nil }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            close(opened)
            return nil
        }
        descriptor = opened
    }

    deinit {
        // A process that is being started at this moment may hold the same open file for an instant; closing it here alone
        // would leave it locked until then.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
