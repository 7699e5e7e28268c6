internal import CertProtocol
internal import Host

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Asks before money is spent or something ends.
enum Question {
    /// Whether a person can read the question and answer it.
    static var canBeAsked: Bool { isatty(STDIN_FILENO) == 1 && StandardStream.error.isTerminal }

    /// Whether the call may be made at all: with `--yes`, or with someone to ask.
    ///
    /// - Throws: `invalid_request`, before anything is sent.
    static func check(
        _ weight: Change.Weight, _ operation: Capability, _ options: ChangeOptions
    ) throws(CertificateError) {
        guard weight != .light, !options.yes, !options.dryRun, !canBeAsked else { return }
        let what = weight == .isFinal ? "can't be undone" : "may cost money"
        var error = CertificateError(
            .invalidRequest,
            "Nothing was sent: \(operation.rawValue) \(what), and nobody can be asked here. Say --yes to do it, or --dry-run "
                + "to see what would be done."
        )
        error.operation = operation
        throw error
    }

    /// Shows what will be done and waits for a yes.
    ///
    /// - Throws: `cancelled` where the answer is another one.
    static func ask(_ view: PlanView, _ console: Console) async throws(CertificateError) {
        console.error.write(view.text + "\n" + view.warning + " Type yes to go on: ")
        console.error.flush()
        guard try await answer()?.lowercased() == "yes" else {
            throw CertificateError(.cancelled, "Nothing was sent.")
        }
    }

    /// A line from the terminal; `nil` at the end of input. Doesn't block, so that the wait can be interrupted.
    private static func answer() async throws(CertificateError) -> String? {
        var line: [UInt8] = []
        while true {
            var poll = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard systemPoll(&poll, 0) > 0 else {
                do {
                    try await Task.sleep(for: .milliseconds(50))
                } catch {
                    throw CertificateError(.cancelled, "Nothing was sent.")
                }
                continue
            }
            var byte: UInt8 = 0
            guard read(STDIN_FILENO, &byte, 1) == 1 else { return line.isEmpty ? nil : text(line) }
            if byte == UInt8(ascii: "\n") { return text(line) }
            line.append(byte)
            guard line.count <= 1024 else { return nil }
        }
    }

    private static func text(_ line: [UInt8]) -> String {
        String(decoding: line, as: UTF8.self).trimming { $0.isWhitespace }
    }
}

private func systemPoll(_ descriptor: inout pollfd, _ milliseconds: Int32) -> Int32 {
    poll(&descriptor, 1, milliseconds)
}

extension String {
    /// The text without what is at its ends.
    fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> String {
        let start = drop(while: isTrimmed)
        return String(start.reversed().drop(while: isTrimmed).reversed())
    }
}
