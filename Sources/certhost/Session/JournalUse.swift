internal import CertProtocol
internal import Foundation
internal import Host
internal import SQLiteJournal

/// What a command does with the journal.
enum JournalUse: Sendable {
    /// Nothing.
    case none
    /// It looks into it, and leaves no trace: a journal that isn't there is empty.
    case reads
    /// It writes to it.
    case writes

    /// Opens the journal of a configuration.
    ///
    /// - Throws: `invalid_configuration` where it can't be used.
    func open(_ configuration: HostConfiguration) throws(CertificateError) -> (any Journal)? {
        let path = Self.path(configuration)
        switch self {
        case .none: return nil
        case .reads where !FileManager.default.fileExists(atPath: path): return MemoryJournal()
        case .reads, .writes: return try SQLiteJournal(path: path)
        }
    }

    /// What happens in the embedded sandbox is no order: it is written down elsewhere.
    private static func path(_ configuration: HostConfiguration) -> String {
        guard configuration.isSandboxed else { return configuration.journalPath }
        let file = URL(fileURLWithPath: configuration.journalPath)
        let name = "\(file.deletingPathExtension().lastPathComponent).sandbox"
        let folder = file.deletingLastPathComponent()
        return folder.appending(path: file.pathExtension.isEmpty ? name : "\(name).\(file.pathExtension)").path
    }
}
