internal import CertProtocol
internal import FoundationEssentials

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Files that are there whole, on the disk, or not at all.
enum DurableFile {
    /// The largest file that is read, in bytes; a record has some thousand.
    private static let sizeLimit = 4 << 20

    /// Who may read a file.
    enum Readers: mode_t {
        case owner = 0o600
        case everyone = 0o644
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The bytes of a file; `nil` where there is none.
    static func read(_ path: String) throws(CertificateError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure(path, "can't be read", errno)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path, "can't be read", errno) }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= sizeLimit else { throw failure(path, "can't be read", EFBIG) }
        }
    }

    /// Writes a file: into one beside it, through to the disk, and then in its place. One writer at a time.
    ///
    /// - Throws: what ``failure(_:_:_:)`` says, and nothing has changed; `outcome_unknown` where the file is in its place and
    ///   it isn't certain that it stays there.
    static func write(_ text: String, to path: String, for readers: Readers) throws(CertificateError) {
        let draft = path + ".new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, readers.rawValue)
        guard descriptor >= 0 else { throw failure(path, "can't be written", errno) }
        let problem = fill(descriptor, Array(text.utf8), readers.rawValue)
        close(descriptor)
        guard problem == 0, rename(draft, path) == 0 else {
            let number = problem == 0 ? errno : problem
            unlink(draft)
            throw failure(path, "can't be written", number)
        }
        try sync(folderOf: path)
    }

    /// Removes a file, if it is there.
    static func remove(_ path: String) { unlink(path) }

    /// Whether files can be made in a folder.
    static func checkWritable(folder path: String) throws(CertificateError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure(path, "can't be read", errno) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw failure(path, "is no folder", ENOTDIR) }
        guard access(path, W_OK | X_OK) == 0 else { throw failure(path, "can't be written to", errno) }
    }

    /// Makes a folder, and those above it, for its owner alone.
    static func makeFolder(_ path: String) throws(CertificateError) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else { throw failure(path, "is no folder", ENOTDIR) }
            return
        }
        if let end = path.lastIndex(of: "/"), end > path.startIndex { try makeFolder(String(path[..<end])) }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path, "can't be made", errno) }
        try sync(folderOf: path)
    }

    /// What a failure of the file system means: a full disk passes, a folder that can't be used is a mistake of the
    /// configuration.
    static func failure(_ path: String, _ what: String, _ number: Int32) -> CertificateError {
        let reason = String(cString: strerror(number))
        let message = "\(path) \(what) (\(reason))."
        return switch number {
        case EACCES, EPERM, EROFS, ENOTDIR, EISDIR, ELOOP, ENAMETOOLONG:
            CertificateError(.invalidConfiguration, message + " Name another directory, or make this one usable.")
        default: CertificateError(.unavailable, message)
        }
    }

    private static func fill(_ descriptor: Int32, _ bytes: [UInt8], _ mode: mode_t) -> Int32 {
        // The mode above is cut by the process's umask, and a draft that a crash has left has its own.
        guard fchmod(descriptor, mode) == 0 else { return errno }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress, $0.count, off_t(written))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count == 0 ? ENOSPC : errno }
            written += count
        }
        return fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno
    }

    /// Waits until a name is on the disk.
    private static func sync(folderOf path: String) throws(CertificateError) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        // Some file systems can't do this for folders.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw CertificateError(
                .outcomeUnknown,
                "\(path) was written, and the disk does not confirm it (\(String(cString: strerror(errno)))).")
        }
    }
}

private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, bytes.baseAddress, bytes.count)
}
