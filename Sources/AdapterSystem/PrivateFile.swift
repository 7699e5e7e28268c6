public import CertProtocol
public import FoundationEssentials

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Files that an adapter keeps: there as a whole or not at all, through to the disk, by default readable by their owner only.
///
/// A disk that is full or fails is `unavailable`; every other failure is `invalid_configuration`: a person has to mend a folder or
/// its rights. Either way nothing was written. `outcome_unknown` says that a file is in its place and the disk doesn't confirm it.
public enum PrivateFile {
    /// Makes a folder, and those above it that are missing. One that is there stays as it is.
    ///
    /// - Parameters:
    ///   - path: an absolute path.
    ///   - mode: the rights of what is made, exactly.
    /// - Throws: as described above.
    public static func makeFolder(_ path: String, mode: UInt32 = 0o700) throws(CertificateError) {
        if mkdir(path, 0o700) == 0 {
            // Rights that are given to `mkdir` are cut by the process's umask.
            guard chmod(path, mode_t(mode)) == 0 else { throw failure("The folder \(path) can't be made") }
            return try sync(folder(of: path))
        }
        guard errno != EEXIST else { return }
        let parent = folder(of: path)
        guard errno == ENOENT, !parent.isEmpty else { throw failure("The folder \(path) can't be made") }
        try makeFolder(parent, mode: mode)
        // Whoever else makes it at this moment has made it.
        try makeFolder(path, mode: mode)
    }

    /// Whether there is a folder of that name.
    public static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The content of a file; `nil` where there is none of that name.
    public static func read(_ path: String) throws(CertificateError) -> [UInt8]? {
        do {
            return [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch {
            if access(path, F_OK) != 0, errno == ENOENT { return nil }
            throw .wrapping(error, as: .invalidConfiguration, "The file \(path) can't be read.")
        }
    }

    /// The value that a file holds as JSON; `nil` where there is none of that name.
    public static func read<Value: Decodable>(
        _ type: Value.Type = Value.self, from path: String
    ) throws(CertificateError) -> Value? {
        guard let content = try read(path) else { return nil }
        do {
            return try JSONDecoder().decode(type, from: Data(content))
        } catch {
            throw .wrapping(error, as: .invalidConfiguration, "The file \(path) doesn't hold what was written there.")
        }
    }

    /// Writes a value as JSON, in place of what the file holds; 0600.
    public static func replace(_ path: String, json value: some Encodable) throws(CertificateError) {
        let content: Data
        do {
            content = try JSONEncoder().encode(value)
        } catch {
            throw .wrapping(error, as: .invalidConfiguration, "What belongs into \(path) can't be written down.")
        }
        try replace(path, content)
    }

    /// Writes a file, in place of what has that name.
    ///
    /// - Parameters:
    ///   - path: an absolute path, whose folder is there.
    ///   - content: all of it.
    ///   - mode: its rights, exactly.
    /// - Throws: as described above.
    public static func replace(_ path: String, _ content: some Sequence<UInt8>, mode: UInt32 = 0o600)
        throws(CertificateError)
    {
        let draft = try draft(path, content, mode)
        guard rename(draft, path) == 0 else {
            let error = failure("The file \(path) can't be written")
            unlink(draft)
            throw error
        }
        try sync(folder(of: path))
    }

    /// Writes a new file, 0600. Where there is one of that name it stays as it is: of several that write at once, one wins.
    ///
    /// - Returns: whether the file is this one.
    @discardableResult
    public static func create(_ path: String, _ content: some Sequence<UInt8>) throws(CertificateError) -> Bool {
        let draft = try draft(path, content, 0o600)
        defer { unlink(draft) }
        guard link(draft, path) == 0 else {
            guard errno == EEXIST else { throw failure("The file \(path) can't be written") }
            return false
        }
        try sync(folder(of: path))
        return true
    }

    /// Removes a file. One that isn't there is removed already.
    public static func remove(_ path: String) throws(CertificateError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure("The file \(path) can't be removed") }
    }

    /// Whether somebody else than its owner may read, write or run a file.
    public static func isOpenToOthers(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & 0o077 != 0
    }

    /// What stands before the last slash of a path.
    public static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    /// Where a program keeps what it has to know the next time (XDG Base Directory Specification): a folder below
    /// `XDG_STATE_HOME`, else below `~/.local/state`. Nothing is made.
    ///
    /// - Parameters:
    ///   - name: what it is for: `certhost/acme`.
    ///   - variables: the environment.
    /// - Returns: an absolute path; `nil` where there is no home folder.
    public static func stateFolder(
        _ name: String, variables: [String: String] = ProcessInfo.processInfo.environment
    ) -> String? {
        if let base = variables["XDG_STATE_HOME"], base.hasPrefix("/") { return "\(base)/\(name)" }
        guard let home = variables["HOME"], home.hasPrefix("/") else { return nil }
        return "\(home)/.local/state/\(name)"
    }

    private static func draft(
        _ path: String, _ content: some Sequence<UInt8>, _ mode: UInt32
    ) throws(CertificateError) -> String {
        let draft = "\(folder(of: path))/.\(UUID().uuidString)"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
        guard descriptor >= 0 else { throw failure("The file \(path) can't be written") }
        defer { close(descriptor) }
        var rest = [UInt8](content)[...]
        // The mode above is cut by the process's umask.
        var isDone = fchmod(descriptor, mode_t(mode)) == 0
        while isDone, !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            isDone = count > 0
            rest = rest.dropFirst(max(0, count))
        }
        guard isDone, fsync(descriptor) == 0 else {
            let error = failure("The file \(path) can't be written")
            unlink(draft)
            throw error
        }
        return draft
    }

    /// Has the names of a folder written through to the disk.
    private static func sync(_ folder: String) throws(CertificateError) {
        let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        // Some file systems can't do this for folders.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw CertificateError(
                .outcomeUnknown,
                "A file was written in \(folder), and the disk does not confirm it (\(String(cString: strerror(errno))))."
            )
        }
    }

    private static func failure(_ what: String) -> CertificateError {
        let number = errno
        let isTheDisk = [ENOSPC, EDQUOT, EFBIG, EIO].contains(number)
        return CertificateError(
            isTheDisk ? .unavailable : .invalidConfiguration, "\(what) (\(String(cString: strerror(number)))).")
    }
}
