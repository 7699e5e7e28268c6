internal import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The folder that a configuration file stands in: relative paths in the file start there.
struct ConfigurationFolder: Sendable {
    /// The largest configuration or secret that is read, in bytes.
    static let sizeLimit = 4 << 20

    /// The absolute path of the folder.
    let path: String
    private let home: String?

    /// The folder of a file.
    init(ofFile file: String, home: String?) {
        let absolute = file.hasPrefix("/") ? file : FileManager.default.currentDirectoryPath + "/" + file
        let end = absolute.lastIndex(of: "/") ?? absolute.startIndex
        path = end == absolute.startIndex ? "" : String(absolute[..<end])
        self.home = home
    }

    /// Whether `~/` means something.
    var hasHome: Bool { home.map { !$0.isEmpty } ?? false }

    /// The absolute path that a path in the file means; `~/` is the user's home.
    func absolute(_ text: String) -> String {
        if text.hasPrefix("/") { return text }
        if text.hasPrefix("~/"), let home, !home.isEmpty { return home + text.dropFirst() }
        return path + "/" + (text.hasPrefix("./") ? String(text.dropFirst(2)) : text)
    }

    /// The bytes of a file, or of a pipe such as a shell's `<(…)`, at most ``sizeLimit``.
    static func contents(of path: String) throws(FileProblem) -> Data {
        // Opening a pipe that nobody writes to would wait for ever otherwise.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw problem(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw problem(errno) }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFREG || kind == S_IFIFO else {
            throw kind == S_IFDIR ? problem(EISDIR) : FileProblem("is neither a file nor a pipe")
        }
        var data = Data()
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            if kind == S_IFIFO { try waitForData(descriptor) }
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
            guard count >= 0 else { throw problem(errno) }
            guard count > 0 else { return data }
            data.append(contentsOf: buffer[..<count])
            guard data.count <= sizeLimit else { throw FileProblem("is larger than \(sizeLimit >> 20) MiB") }
        }
    }

    /// Whether somebody besides its owner may read or write a file, which is a link's target.
    static func isOpenToOthers(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        return status.st_mode & 0o066 != 0
    }

    private static func waitForData(_ descriptor: Int32) throws(FileProblem) {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, 10_000) != 0 else { throw FileProblem("is a pipe that gave nothing for 10 seconds") }
    }

    private static func problem(_ number: Int32) -> FileProblem {
        switch number {
        case ENOENT, ENOTDIR: FileProblem("does not exist", isMissing: true)
        case EACCES, EPERM: FileProblem("may not be read by this user")
        case EISDIR: FileProblem("is a folder, not a file")
        default: FileProblem("can't be read (\(String(cString: strerror(number))))")
        }
    }
}
