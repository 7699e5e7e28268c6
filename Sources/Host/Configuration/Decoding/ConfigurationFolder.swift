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

    /// The absolute path that a path in the file means; `~/` is the user's home.
    func absolute(_ text: String) -> String {
        if text.hasPrefix("/") { return text }
        if text.hasPrefix("~/"), let home, !home.isEmpty { return home + text.dropFirst() }
        return path + "/" + (text.hasPrefix("./") ? String(text.dropFirst(2)) : text)
    }

    /// The bytes of a file, at most ``sizeLimit``.
    static func contents(of path: String) throws(FileProblem) -> Data {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw problem(errno) }
        defer { close(descriptor) }
        var data = Data()
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw problem(errno) }
            guard count > 0 else { return data }
            data.append(contentsOf: buffer[..<count])
            guard data.count <= sizeLimit else { throw FileProblem("is larger than \(sizeLimit >> 20) MiB") }
        }
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
