import AdapterSystem
import CertProtocol
import Foundation
import Testing

/// Programs of the operator's, real ones.
@Suite("Programs that an adapter runs")
struct ExternalProgramTests {
    private func withProgram(_ script: String, _ body: (ExternalProgram, String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "program-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("#!/bin/sh\ncd '\(folder)'\n\(script)\n".utf8).write(to: URL(filePath: folder + "/program"))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/program")
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(ExternalProgram(path: folder + "/program"), folder))
        } catch {
            result = .failure(error)
        }
        try? FileManager.default.removeItem(atPath: folder)
        try result.get()
    }

    private func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

    @Test(
        "arguments arrive as they are, through no shell; so does what is added to the environment; nothing else is open"
    )
    func arguments() async throws {
        let script =
            #"for a in "$@"; do printf '<%s>' "$a"; done > args; printf '%s' "$ADDED" > env; ls /proc/self/fd > fds; cat > in"#
        try await withProgram(script) { program, folder in
            let odd = ["a b", "", "$(touch x)", "-rf", "'\"\\", "*", "ä\n;"]
            let file = try FileHandle(forReadingFrom: URL(filePath: "/dev/null"))
            try await program.run(odd, environment: ["ADDED": "one two"], until: .now + .seconds(60))
            try file.close()
            #expect(text(folder + "/args") == odd.map { "<\($0)>" }.joined())
            #expect(text(folder + "/env") == "one two" && text(folder + "/in") == "")
            // 3 is what ls itself reads.
            #expect(text(folder + "/fds") == "0\n1\n2\n3\n")
        }
    }

    @Test("what other threads open while it is started isn't open in it")
    func openedMeanwhile() async throws {
        try await withProgram("ls /proc/self/fd >> fds") { program, folder in
            let isOver = Locked(false)
            let opener = Thread {
                while !isOver.withLock(\.self) {
                    let files = (0..<200).map { _ in open("/dev/null", O_RDONLY) }
                    for file in files { close(file) }
                }
            }
            opener.start()
            for _ in 0..<60 { try await program.run([], until: nil) }
            isOver.withLock { $0 = true }
            #expect(text(folder + "/fds") == String(repeating: "0\n1\n2\n3\n", count: 60))
        }
    }

    @Test("one that is being written is started once that is done")
    func beingWritten() async throws {
        try await withProgram("exit 7") { program, folder in
            let writer = try FileHandle(forWritingTo: URL(filePath: folder + "/program"))
            let closing = Task {
                try await Task.sleep(for: .milliseconds(100))
                try writer.close()
            }
            let error = await #expect(throws: CertificateError.self) { try await program.run([], until: nil) }
            try await closing.value
            #expect(error?.message.contains("ended with status 7") == true)
        }
    }

    @Test(
        "how it ended is told", arguments: [("exit 7", "ended with status 7"), ("kill -9 $$", "was ended by signal 9")])
    func endings(_ script: String, _ words: String) async throws {
        try await withProgram(script) { program, _ in
            let error = await #expect(throws: CertificateError.self) { try await program.run([], until: nil) }
            #expect(error?.code == .invalidConfiguration && error?.message.contains(words) == true)
        }
        let missing = await #expect(throws: CertificateError.self) {
            try await ExternalProgram(path: "/no/such/program").run([], until: nil)
        }
        #expect(missing?.message.contains("can't be started") == true)
    }

    @Test("it is ended when its time is over, with what it has started", arguments: ["", "trap '' TERM; "])
    func deadline(_ start: String) async throws {
        try await withProgram(start + "echo $$ > pid; sleep 600 & echo $! > child; wait; sleep 600") {
            program, folder in
            // The program says when it is time, whenever that is.
            let isTime = Locked(false)
            let task = Task {
                try await ExternalProgram(
                    path: program.path,
                    clock: OperationClock(
                        now: { isTime.withLock(\.self) ? .now + .seconds(3600) : .now }, date: { Date() },
                        sleep: { _ in try await Task.sleep(for: .milliseconds(20)) })
                ).run([], until: .now + .seconds(1800))
            }
            for _ in 0..<3000 where text(folder + "/child")?.hasSuffix("\n") != true {
                try await Task.sleep(for: .milliseconds(20))
            }
            isTime.withLock { $0 = true }
            let error = await #expect(throws: CertificateError.self) { try await task.value }
            #expect(error?.code == .timeout)
            try await expectEnded(folder)
        }
    }

    @Test("a cancellation ends it too")
    func cancellation() async throws {
        try await withProgram("echo $$ > pid; sleep 600 & echo $! > child; wait") { program, folder in
            let task = Task { try await program.run([], until: nil) }
            for _ in 0..<3000 where text(folder + "/child")?.hasSuffix("\n") != true {
                try await Task.sleep(for: .milliseconds(20))
            }
            task.cancel()
            let error = await #expect(throws: CertificateError.self) { try await task.value }
            #expect(error?.code == .cancelled)
            try await expectEnded(folder)
        }
    }

    private func expectEnded(_ folder: String) async throws {
        for name in ["pid", "child"] {
            let number = try #require(text(folder + "/" + name).flatMap { Int32($0.filter(\.isNumber)) })
            var isGone = false
            for _ in 0..<1000 where !isGone {
                // A child whose parent has gone is waited for by init, not by us.
                let state = text("/proc/\(number)/stat")?.split(separator: ")").last?.split(separator: " ").first
                isGone = state == nil || state == "Z"
                if !isGone { try await Task.sleep(for: .milliseconds(20)) }
            }
            #expect(isGone, "\(name)")
        }
    }
}
