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
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }
}
