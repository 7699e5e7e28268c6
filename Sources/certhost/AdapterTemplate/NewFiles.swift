internal import CertProtocol
internal import Foundation

/// Files that are written together below a folder: all of them, or none.
struct NewFiles: Sendable {
    let folder: URL
    let files: [AdapterTemplate]

    /// Writes the files.
    ///
    /// - Throws: `invalid_request` where something is in the way, `unavailable` where the system refuses. Nothing is left behind
    ///   then.
    func write() throws(CertificateError) {
        if let obstacle = obstacle() {
            throw CertificateError(
                .invalidRequest,
                "\(obstacle) is in the way, so nothing was written. Move it, or choose another --output."
            )
        }
        var made: [URL] = []
        do {
            for file in files {
                let place = folder.appending(path: file.path)
                made += try makeFolders(place.deletingLastPathComponent())
                try Data((file.text + "\n").utf8).write(to: place, options: .withoutOverwriting)
                made.append(place)
            }
        } catch {
            for place in made.reversed() { try? FileManager.default.removeItem(at: place) }
            let reason = "The adapter can't be written below \(folder.path): \(error.localizedDescription)"
            throw CertificateError(.unavailable, reason)
        }
    }

    /// The first thing that is where a file or a folder of ours would be.
    private func obstacle() -> String? {
        for file in files {
            let place = folder.appending(path: file.path)
            if Self.exists(place) { return place.path }
            var above = place.deletingLastPathComponent()
            while above.path.count > 1, !Self.exists(above) { above.deleteLastPathComponent() }
            if !Self.isFolder(above) { return above.path }
        }
        return nil
    }

    /// Makes a folder and those above it.
    ///
    /// - Returns: those that weren't there, the upper ones first.
    private func makeFolders(_ folder: URL) throws -> [URL] {
        var missing: [URL] = []
        var above = folder
        while !Self.exists(above) {
            missing.insert(above, at: 0)
            above.deleteLastPathComponent()
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return missing
    }

    private static func exists(_ place: URL) -> Bool {
        // A link that leads nowhere is in the way too.
        (try? FileManager.default.attributesOfItem(atPath: place.path)) != nil
    }

    private static func isFolder(_ place: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
