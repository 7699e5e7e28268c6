import Foundation
import Testing

/// The package's own sources, as text.
enum SourceFiles {
    private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let folder = package.appending(path: "Sources")

    /// The text of `Package.swift`.
    static func manifest() throws -> String {
        try String(contentsOf: package.appending(path: "Package.swift"), encoding: .utf8)
    }

    /// The Swift files of a module, or of all modules, by their paths below it; those that a documentation page shows aren't
    /// compiled, and left out.
    static func all(of module: String = "") throws -> [(path: String, text: String)] {
        let folder = folder.appending(path: module)
        let paths = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
        return try paths.filter { $0.hasSuffix(".swift") && !$0.contains(".docc/") }.sorted().map {
            ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
        }
    }

    /// The modules that are adapters.
    static func adapters() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix("Adapter") }.sorted()
    }

    /// The lines that hold code: neither blank, nor of a comment alone.
    static func codeLines(in text: String) -> Int {
        var isInComment = false
        return text.split(whereSeparator: \.isNewline).count { line in
            var rest = line.drop { $0.isWhitespace }
            while true {
                if isInComment {
                    guard let end = rest.firstRange(of: "*/") else { return false }
                    rest = rest[end.upperBound...].drop { $0.isWhitespace }
                    isInComment = false
                }
                guard rest.hasPrefix("/*") else { return !rest.isEmpty && !rest.hasPrefix("//") }
                rest = rest.dropFirst(2)
                isInComment = true
            }
        }
    }
}
