import Foundation
import Testing

/// The article's code is the code of the package that it is about.
@Suite("Embed the host")
struct EmbeddingArticleTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    @Test("the article shows the files of Examples/Embedding, and nothing else; `make docs-tables` takes them over")
    func shown() throws {
        let files = ["Package.swift", "Sources/ExpiryWatch/ExpiryWatch.swift", "Sources/ExpiryWatch/Main.swift"]
        let sources = try (files + ["Sources/RouteCheck/NoNetwork.swift"]).map {
            try Self.text("Examples/Embedding/\($0)")
        }
        let page = "Sources/Host/Host.docc/Embedding.md"
        let pieces = try Self.text(page).components(separatedBy: "```swift\n")
        try #require(pieces.count == sources.count + 1, "the article has a place for each file")
        if ProcessInfo.processInfo.environment["CERTHOST_WRITE_TABLES"] != nil {
            let rest = pieces.dropFirst().map { piece in
                piece.components(separatedBy: "```\n").dropFirst().joined(separator: "```\n")
            }
            let new = pieces[0] + zip(sources, rest).map { "```swift\n\($0)```\n\($1)" }.joined()
            try new.write(to: Self.root.appending(path: page), atomically: true, encoding: .utf8)
        } else {
            let shown = pieces.dropFirst().map { $0.components(separatedBy: "```\n")[0] }
            #expect(shown == sources, "\(page) is stale: make docs-tables")
        }
    }
}
