public import CertProtocol

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Writes private keys to files.
public enum PrivateKeyFile {
    /// Writes a key to a new file that only its owner can read (0600), and waits until it is on the disk. A file that exists, a
    /// symbolic link included, is never written over.
    ///
    /// - Parameters:
    ///   - key: the key, PEM.
    ///   - path: the file.
    /// - Throws: `invalid_request` where the file exists or can't be written. Nothing is left of it then.
    public static func write(_ key: Secret, to path: String) throws(CertificateError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw refusal(
                path, errno == EEXIST ? "exists, and a key is never written over; name another file" : reason(errno)
            )
        }
        let failure = key.withExposedValue { text in writeAll(text, to: descriptor) }
        close(descriptor)
        if let failure {
            unlink(path)
            throw refusal(path, reason(failure))
        }
        sync(folderOf: path)
    }

    /// Writes the whole text through to the disk; the error's number where that fails.
    private static func writeAll(_ text: String, to descriptor: Int32) -> Int32? {
        // The mode above is cut by the process's umask, never widened.
        guard fchmod(descriptor, 0o600) == 0 else { return errno }
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress, $0.count, off_t(written))
            }
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            written += count
        }
        return fsync(descriptor) == 0 || errno == EINVAL ? nil : errno
    }

    /// Without this the file's name may be lost with the power, and with it the key of an order.
    private static func sync(folderOf path: String) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func reason(_ code: Int32) -> String { "can't be written (\(String(cString: strerror(code))))" }

    private static func refusal(_ path: String, _ what: String) -> CertificateError {
        CertificateError(.invalidRequest, "The key file \(path) \(what).")
    }
}
