import AdapterSystem
import CertProtocol
import Foundation
import Testing

/// Files that an adapter keeps.
@Suite("Files of an adapter's own")
struct PrivateFileTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "private-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("folders and files are their owner's alone, unless others are to read them")
    func modes() throws {
        try withFolder { folder in
            try PrivateFile.makeFolder(folder + "/a/b")
            try PrivateFile.makeFolder(folder + "/a/b")
            #expect(try mode(folder) == 0o700 && mode(folder + "/a/b") == 0o700)
            try PrivateFile.replace(folder + "/a/b/file", [1, 2])
            try PrivateFile.create(folder + "/a/b/new", [3])
            #expect(try mode(folder + "/a/b/file") == 0o600 && mode(folder + "/a/b/new") == 0o600)
            #expect(!PrivateFile.isOpenToOthers(folder + "/a/b/file"))
            try PrivateFile.replace(folder + "/a/b/file", [4], mode: 0o644)
            #expect(PrivateFile.isOpenToOthers(folder + "/a/b/file"))
            #expect(try PrivateFile.read(folder + "/a/b/file") == [4])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/a/b").sorted() == ["file", "new"])
        }
    }

    @Test("rights are exact, whatever the process's umask")
    func umask() async {
        // Of a process of its own, since the umask is every thread's.
        await #expect(processExitsWith: .success) {
            _ = Foundation.umask(0o077)
            let folder = FileManager.default.temporaryDirectory.appending(path: "private-\(UUID().uuidString)").path
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try PrivateFile.makeFolder(folder + "/a", mode: 0o755)
            try PrivateFile.replace(folder + "/a/file", [1], mode: 0o644)
            for (path, mode) in [("", 0o755), ("/a", 0o755), ("/a/file", 0o644)] {
                let found = try FileManager.default.attributesOfItem(atPath: folder + path)[.posixPermissions] as? Int
                #expect(found == mode, "\(path)")
            }
            #expect(PrivateFile.isFolder(folder) && !PrivateFile.isFolder(folder + "/a/file"))
        }
    }

    @Test("of many that make one file at once, one wins, and all read the same")
    func race() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "private-\(UUID().uuidString)").path
        try PrivateFile.makeFolder(folder)
        let outcomes = try await withThrowingTaskGroup(of: (Bool, [UInt8]?).self) { group in
            for number in 0..<16 {
                group.addTask {
                    let isMine = try PrivateFile.create(folder + "/one", [UInt8](repeating: UInt8(number), count: 4096))
                    return (isMine, try PrivateFile.read(folder + "/one"))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0.0 } == 1)
        #expect(Set(outcomes.map(\.1)).count == 1 && outcomes[0].1?.count == 4096)
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test("what isn't there is nothing; what can't be written is said, with its path")
    func absence() throws {
        try withFolder { folder in
            #expect(try PrivateFile.read(folder + "/none") == nil)
            #expect(try PrivateFile.read(String.self, from: folder + "/none") == nil)
            try PrivateFile.remove(folder + "/none")
            let error = #expect(throws: CertificateError.self) { try PrivateFile.replace(folder + "/none/file", [1]) }
            #expect(error?.code == .invalidConfiguration && error?.message.contains(folder) == true)
            try PrivateFile.makeFolder(folder)
            try PrivateFile.replace(folder + "/plain", [1])
            #expect(throws: CertificateError.self) { try PrivateFile.makeFolder(folder + "/plain/below") }
            #expect(throws: CertificateError.self) { try PrivateFile.read([String].self, from: folder + "/plain") }
            try PrivateFile.replace(folder + "/plain", json: ["a"])
            #expect(try PrivateFile.read([String].self, from: folder + "/plain") == ["a"])
        }
    }

    @Test("state has its place below XDG_STATE_HOME, else below the home folder")
    func place() {
        #expect(PrivateFile.stateFolder("x/y", variables: ["XDG_STATE_HOME": "/s", "HOME": "/h"]) == "/s/x/y")
        #expect(
            PrivateFile.stateFolder("x/y", variables: ["XDG_STATE_HOME": "s", "HOME": "/h"]) == "/h/.local/state/x/y")
        #expect(PrivateFile.stateFolder("x/y", variables: [:]) == nil)
    }

    @Test("a file that is taken is nobody else's until it is let go")
    func lock() throws {
        try withFolder { folder in
            try PrivateFile.makeFolder(folder)
            #expect(FileLock(folder + "/one") == nil, "there is none")
            try PrivateFile.create(folder + "/one", [])
            var first = FileLock(folder + "/one")
            #expect(first != nil && FileLock(folder + "/one") == nil)
            withExtendedLifetime(first) {}
            first = nil
            #expect(FileLock(folder + "/one") != nil)
        }
    }

    @Test("who doesn't get a file closes nothing that is another's")
    func descriptors() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "private-\(UUID().uuidString)").path
        try PrivateFile.makeFolder(folder)
        try PrivateFile.create(folder + "/one", [])
        let holder = FileLock(folder + "/one")
        let lost = try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask {
                (0..<20_000).count { _ in FileLock(folder + "/one") != nil }
            }
            group.addTask {
                (0..<20_000).count { _ in
                    // A pipe whose ends somebody else has closed can't be written to, or is somebody else's by now.
                    let pipe = Pipe()
                    defer {
                        try? pipe.fileHandleForWriting.close()
                        try? pipe.fileHandleForReading.close()
                    }
                    return (try? pipe.fileHandleForWriting.write(contentsOf: Data([7]))) == nil
                        || (try? pipe.fileHandleForReading.read(upToCount: 1)) != Data([7])
                }
            }
            return try await group.reduce(0, +)
        }
        withExtendedLifetime(holder) {}
        #expect(lost == 0)
        try FileManager.default.removeItem(atPath: folder)
    }
}
