public import CertProtocol
internal import Host

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Writes private keys to files, and reads them.
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
        FolderSync.sync(folderOf: path)
    }

    /// Reads a key.
    ///
    /// - Parameter path: the file.
    /// - Returns: the key, PEM.
    /// - Throws: `invalid_request` where the file can't be read, holds no key, or an encrypted one.
    public static func read(_ path: String) throws(CertificateError) -> Secret {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, "can't be read (\(String(cString: strerror(errno))))") }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: sizeLimit + 1)
        var count = 0
        while count < bytes.count {
            let more = bytes[count...].withUnsafeMutableBytes { systemRead(descriptor, $0) }
            if more < 0, errno == EINTR { continue }
            guard more >= 0 else { throw unreadable(path, "can't be read (\(String(cString: strerror(errno))))") }
            if more == 0 { break }
            count += more
        }
        guard count <= sizeLimit else { throw unreadable(path, "is larger than \(sizeLimit) bytes") }
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        guard text.contains("PRIVATE KEY-----") else { throw unreadable(path, "holds no private key in PEM") }
        if text.contains("ENCRYPTED") { throw unreadable(path, "is encrypted; decrypt it first") }
        return Secret(text)
    }

    /// The largest key file that is read, in bytes; an RSA key of 16,384 bits has some 13,000.
    private static let sizeLimit = 64 << 10

    private static func unreadable(_ path: String, _ what: String) -> CertificateError {
        CertificateError(.invalidRequest, "The key file \(path) \(what).")
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

    private static func reason(_ code: Int32) -> String { "can't be written (\(String(cString: strerror(code))))" }

    private static func refusal(_ path: String, _ what: String) -> CertificateError {
        CertificateError(.invalidRequest, "The key file \(path) \(what).")
    }
}

private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, bytes.baseAddress, bytes.count)
}
