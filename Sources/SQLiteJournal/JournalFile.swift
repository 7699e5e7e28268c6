internal import CertProtocol
internal import FoundationEssentials
internal import GRDB

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The file of a journal: who may read it, and what its failures mean.
struct JournalFile {
    let path: String

    /// Makes folder and file where there are none, for their owner alone.
    ///
    /// - Throws: `invalid_configuration` where they can't be made.
    func prepare() throws(CertificateError) {
        try makeFolders(to: path)
        // SQLite gives its companion files the mode of this one.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { throw problem("can't be opened for writing", errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw problem("can't be read", errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CertificateError(.invalidConfiguration, "The journal \(path) is not a file.")
        }
        // One that others can read was made so by someone else than us; it names what is ordered, and by whom.
        if status.st_mode & 0o077 != 0, status.st_uid == geteuid(), fchmod(descriptor, 0o600) != 0 {
            throw problem("can't be made private", errno)
        }
    }

    private func makeFolders(to path: String) throws(CertificateError) {
        guard let end = path.lastIndex(of: "/"), end > path.startIndex else { return }
        let folder = String(path[..<end])
        var status = stat()
        if stat(folder, &status) == 0 { return }
        try makeFolders(to: folder)
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            let code = errno
            throw problem("can't be made, because the folder \(folder) can't", code)
        }
    }

    private func problem(_ what: String, _ code: Int32) -> CertificateError {
        CertificateError(
            .invalidConfiguration,
            "The journal \(path) \(what) (\(String(cString: strerror(code)))). Nothing is ordered without it; "
                + "name another with journal.path."
        )
    }

    /// What a failure of the database means to whoever wanted to order something.
    static func error(_ error: any Error, path: String) -> CertificateError {
        guard let error = error as? DatabaseError else {
            return CertificateError.wrapping(error, as: .invalidConfiguration, "The journal \(path) can't be used.")
        }
        let (code, what): (CertificateError.Code, String) =
            switch error.resultCode {
            case .SQLITE_FULL: (.invalidConfiguration, "can't be written: the disk is full")
            case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
                (.invalidConfiguration, "can't be written: it is read-only")
            case .SQLITE_CORRUPT:
                (.invalidConfiguration, "is damaged; restore it, or look at it with sqlite3's .recover")
            case .SQLITE_NOTADB: (.invalidConfiguration, "is not a journal of this program, but some other file")
            case .SQLITE_CANTOPEN: (.invalidConfiguration, "can't be opened")
            case .SQLITE_IOERR: (.invalidConfiguration, "can't be read or written: the disk reports an error")
            case .SQLITE_BUSY, .SQLITE_LOCKED: (.timeout, "is kept by another process; try again")
            default: (.invalidConfiguration, "can't be used (SQLite: \(error.resultCode.rawValue))")
            }
        var result = CertificateError(code, "The journal \(path) \(what).")
        result.underlying = error
        return result
    }
}
