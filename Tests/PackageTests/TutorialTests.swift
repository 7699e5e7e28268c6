import Foundation
import Testing

extension PackageTests {
    /// The tutorial “Add a certificate authority”: every step of it compiles, and its end is what `certhost adapter new` writes.
    @Suite("The tutorial")
    struct TutorialTests {
        /// A piece of code that the tutorial shows.
        private struct Code {
            /// The file that it is a version of: `Wire/Certificate.swift`.
            let name: String
            /// The version, a file beside the tutorial.
            let file: String

            var isTest: Bool { name.hasSuffix("Tests.swift") || name.hasPrefix("Support/") }
        }

        private static let folder = checkout.appending(path: "Sources/CertProtocol/CertProtocol.docc/Tutorial")

        private static func steps() throws -> [Code] {
            let file = folder.appending(path: "Add-a-Certificate-Authority.tutorial")
            let text = try String(contentsOf: file, encoding: .utf8)
            return text.matches(of: /@Code\(name: "([^"]+)", file: "([^"]+)"\)/).map {
                Code(name: String($0.1), file: String($0.2))
            }
        }

        private static func version(_ code: Code) -> URL { folder.appending(path: "Code/\(code.file)") }

        @Test("the last version of each file is what the command writes; `make docs-tables` takes it over")
        func end() async throws {
            let package = keptFolder("tutorial")
            try? FileManager.default.removeItem(at: package)
            let written = try await certhost("adapter", "new", "example-ca", "--output", package.path)
            try #require(written.status == 0, "\(written.errors)")
            var last: [String: Code] = [:]
            for code in try Self.steps() { last[code.name] = code }
            for path in files(below: package) where !path.hasPrefix(".") {
                let place = package.appending(path: path)
                // Where certhost is differs from reader to reader.
                let text = try String(contentsOf: place, encoding: .utf8).replacing(
                    /path: "[^"]*"/, with: #"path: "../certhost""#)
                let code = try #require(
                    last.removeValue(forKey: path) ?? last.first { path.hasSuffix("/" + $0.key) }?.value,
                    "the tutorial does not show \(path)"
                )
                last[code.name] = nil
                if ProcessInfo.processInfo.environment["CERTHOST_WRITE_TABLES"] != nil {
                    try text.write(to: Self.version(code), atomically: true, encoding: .utf8)
                } else {
                    let shown = try String(contentsOf: Self.version(code), encoding: .utf8)
                    #expect(shown == text, "\(code.file) is stale: make docs-tables")
                }
            }
            #expect(last.isEmpty, "the command does not write what the tutorial shows: \(last.keys.sorted())")
        }

        @Test("every step compiles, the adapter and its tests")
        func compiles() async throws {
            let steps = try Self.steps()
            let compiler = try await Compiler()
            try await withTemporaryFolder { folder in
                var current: [String: Code] = [:]
                for code in steps where code.name.hasSuffix(".swift") && code.name != "Package.swift" {
                    current[code.name] = code
                    let sources = current.values.filter { !$0.isTest }.map { Self.version($0).path }.sorted()
                    let module = try await compiler.module("ExampleCAAdapter", of: sources, into: folder)
                    try #require(module.status == 0, "at the step of \(code.file):\n\(module.printed)")
                    guard code.isTest else { continue }
                    let tests = current.values.filter(\.isTest).map { Self.version($0).path }.sorted()
                    let tested = try await compiler.check(tests, with: folder)
                    try #require(tested.status == 0, "at the step of \(code.file):\n\(tested.printed)")
                }
                #expect(current.count > 15)
            }
        }
    }
}
