internal import Foundation

/// Pieces of output that wait: the first in memory, the rest in a file without a name, so that a slow provider doesn't make
/// the others' lists pile up in memory.
struct Spool {
    private static let mostInMemory = 4 << 20

    private var pieces: [[UInt8]] = []
    private var size = 0
    private var file: FileHandle?

    mutating func append(_ piece: [UInt8]) {
        if file == nil, size >= Self.mostInMemory { file = Self.unnamedFile() }
        guard let file else {
            pieces.append(piece)
            size += piece.count
            return
        }
        // The length comes first, so that the pieces can be told apart again.
        var length = UInt64(piece.count).littleEndian
        let header = withUnsafeBytes(of: &length) { Data($0) }
        do {
            try file.write(contentsOf: header + Data(piece))
        } catch {
            // A disk that is full is told by whoever writes the output itself; nothing may be lost here.
            drainFile()
            pieces.append(piece)
        }
    }

    /// Hands the pieces over in the order they came.
    mutating func forEach(_ body: ([UInt8]) -> Void) {
        for piece in pieces { body(piece) }
        pieces = []
        readFile(body)
    }

    private mutating func drainFile() {
        var rest: [[UInt8]] = []
        readFile { rest.append($0) }
        pieces += rest
        // From here on everything stays in memory.
        size = .min / 2
    }

    private mutating func readFile(_ body: ([UInt8]) -> Void) {
        guard let file else { return }
        self.file = nil
        defer { try? file.close() }
        guard (try? file.seek(toOffset: 0)) != nil else { return }
        while let header = try? file.read(upToCount: 8), header.count == 8 {
            let length = header.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard let piece = try? file.read(upToCount: Int(length)), piece.count == Int(length) else { return }
            body(Array(piece))
        }
    }

    /// A file that is gone with its descriptor; `nil` where there can be none, and memory has to do.
    private static func unnamedFile() -> FileHandle? {
        let path = FileManager.default.temporaryDirectory.appending(path: "certhost-\(UUID().uuidString)")
        guard FileManager.default.createFile(atPath: path.path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = try? FileHandle(forUpdating: path)
        else { return nil }
        try? FileManager.default.removeItem(at: path)
        return handle
    }
}
