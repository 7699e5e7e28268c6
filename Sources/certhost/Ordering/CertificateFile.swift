internal import CertProtocol
internal import Foundation
internal import Host

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file that a certificate is written to (`--out`): whole or not at all, readable for all.
struct CertificateFile: Sendable {
    let path: String

    /// Whether it can be written, as far as that can be told beforehand: before money is spent.
    ///
    /// - Throws: `invalid_request`.
    func check() throws(CertificateError) {
        let folder = url.deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw Self.refusal(path, "there is no folder \(folder)")
        }
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw Self.refusal(path, "the folder \(folder) is not writable")
        }
        guard FileManager.default.fileExists(atPath: path) else { return }
        let type = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path)[.type]
        // A device or a folder would be replaced, or would refuse at the very end.
        guard type as? FileAttributeType == .typeRegular else { throw Self.refusal(path, "it is no plain file") }
    }

    /// Writes the text: into a file beside it, through to the disk, and then in its place.
    ///
    /// - Throws: `unavailable` where that fails; what was there before is there still.
    func write(_ text: String) throws(CertificateError) {
        // A link stays a link: what it points to is replaced.
        let target = url.resolvingSymlinksInPath()
        let folder = target.deletingLastPathComponent()
        let draft = folder.appending(path: ".\(target.lastPathComponent).\(UUID().uuidString)")
        do {
            guard
                FileManager.default.createFile(
                    atPath: draft.path, contents: nil, attributes: [.posixPermissions: 0o644]
                )
            else { throw CocoaError(.fileWriteUnknown) }
            let handle = try FileHandle(forWritingTo: draft)
            try handle.write(contentsOf: Data(text.utf8))
            try handle.synchronize()
            try handle.close()
            guard rename(draft.path, target.path) == 0 else {
                throw CocoaError(
                    .fileWriteUnknown, userInfo: [NSLocalizedDescriptionKey: String(cString: strerror(errno))])
            }
        } catch {
            try? FileManager.default.removeItem(at: draft)
            throw CertificateError(
                .unavailable,
                "The file \(path) can't be written (\(error.localizedDescription)); certhost download fetches the "
                    + "certificate again."
            )
        }
        FolderSync.sync(folderOf: target.path)
    }

    private var url: URL { URL(fileURLWithPath: path).standardizedFileURL }

    private static func refusal(_ path: String, _ reason: String) -> CertificateError {
        CertificateError(.invalidRequest, "The file \(path) can't be written: \(reason).")
    }
}
