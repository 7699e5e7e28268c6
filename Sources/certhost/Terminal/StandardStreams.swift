internal import CertProtocol

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Standard output or standard error, written through the file descriptor.
final class StandardStream: Sendable {
    static let output = StandardStream(STDOUT_FILENO)
    static let error = StandardStream(STDERR_FILENO)

    private let descriptor: Int32
    private let buffer = Locked<[UInt8]>([])

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Whether a person sits at the other end.
    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Buffers bytes, and writes them once there are many.
    func write(_ bytes: [UInt8]) {
        buffer.withLock { buffer in
            buffer.append(contentsOf: bytes)
            if buffer.count >= 1 << 16 { drain(&buffer) }
        }
    }

    /// Buffers text.
    func write(_ text: String) { write(Array(text.utf8)) }

    /// Writes a line at once.
    func writeLine(_ text: String) {
        write(text + "\n")
        flush()
    }

    /// Writes what is buffered.
    func flush() { buffer.withLock { drain(&$0) } }

    private func drain(_ buffer: inout [UInt8]) {
        defer { buffer.removeAll(keepingCapacity: true) }
        var start = 0
        while start < buffer.count {
            let written = buffer.withUnsafeBytes { bytes in
                systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: bytes[start...]))
            }
            if written >= 0 {
                start += written
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = systemPoll(&poll)
            case EPIPE: endQuietly()
            default: endWithWriteError(errno)
            }
        }
    }

    /// Nobody reads any more: ends the way that a program without a handler does.
    private func endQuietly() -> Never {
        signal(SIGPIPE, SIG_DFL)
        raise(SIGPIPE)
        _exit(128 + SIGPIPE)
    }

    private func endWithWriteError(_ number: Int32) -> Never {
        if descriptor == STDOUT_FILENO {
            let reason = String(cString: strerror(number))
            let line = Array("certhost: error: The output could not be written: \(reason). It is incomplete.\n".utf8)
            _ = line.withUnsafeBytes { systemWrite(STDERR_FILENO, $0) }
        }
        _exit(1)
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    return write(descriptor, base, bytes.count)
}

private func systemPoll(_ descriptor: inout pollfd) -> Int32 { poll(&descriptor, 1, -1) }

/// What is known of the terminal.
enum Terminal {
    /// The columns of the terminal behind standard output; 80 where it doesn't tell.
    static func width(variables: [String: String]) -> Int {
        if let columns = variables["COLUMNS"].flatMap(Int.init), columns > 0 { return columns }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Whether colour is wanted: only on a terminal, unless `NO_COLOR` is set or the terminal can't.
    static func hasColor(_ stream: StandardStream, variables: [String: String]) -> Bool {
        stream.isTerminal && (variables["NO_COLOR"] ?? "").isEmpty && variables["TERM"] != "dumb"
    }
}
