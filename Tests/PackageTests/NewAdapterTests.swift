import Foundation
import Testing

extension PackageTests {
    /// `certhost adapter new`.
    @Suite("A new adapter")
    struct NewAdapterTests {
        @Test("it builds, passes its tests and the conformance suite, and is formatted as ours are")
        func passes() async throws {
            let package = keptFolder("example-ca-adapter")
            // What an older command wrote would be in the way. What was built stays.
            for path in files(below: package) { try FileManager.default.removeItem(at: package.appending(path: path)) }
            let written = try await certhost("adapter", "new", "example-ca", "--output", package.path)
            try #require(written.status == 0, "\(written.errors)")
            for path in files(below: package) { #expect(written.output.contains("  \(path)\n")) }
            #expect(written.output.contains("AdapterRegistry([.exampleCA(transport: transport)])"))

            let format = try await swift(
                "format", "lint", "--strict", "-r", "Package.swift", "Sources", "Tests", in: package)
            #expect(format.status == 0, "\(format.printed)")
            // Not the whole: of a checkout that is depended on by its path, that would be the command too.
            let build = try await swift("build", "--target", "ExampleCAAdapter", in: package)
            try #require(build.status == 0, "\(build.printed)")
            #expect(!build.printed.contains(".swift:"), "a warning: \(build.printed)")
            let test = try await swift("test", in: package)
            #expect(test.status == 0, "\(test.printed)")
            let summary = try #require(test.printed.firstMatch(of: /Test run with (\d+) tests in 4 suites passed/))
            #expect((Int(summary.1) ?? 0) >= 10)
            #expect(test.printed.contains(/"each requirement holds" with \d\d test cases passed/))
        }

        @Test("it is formatted whatever its name", arguments: ["x1", "a-long-name-ca-12345"])
        func formatted(_ name: String) async throws {
            try await withTemporaryFolder { folder in
                let written = try await certhost("adapter", "new", name, in: folder)
                try #require(written.status == 0, "\(written.errors)")
                let package = folder.appending(path: "\(name)-adapter")
                let arguments = ["format", "lint", "--strict", "-r", "Package.swift", "Sources", "Tests"]
                let format = try await run("swift", arguments, in: package)
                #expect(format.status == 0, "\(format.printed)")
                let manifest = try String(contentsOf: package.appending(path: "Package.swift"), encoding: .utf8)
                #expect(manifest.contains("path: \"\(checkout.path)\""), "found by the command's own place")
            }
        }

        @Test("what --in-package writes compiles too, its tests as well")
        func inPackage() async throws {
            try await withTemporaryFolder { folder in
                // What makes a checkout of a folder.
                let sources = folder.appending(path: "Sources/CertProtocol")
                try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
                let manifest = "let package = Package(\n    name: \"certhost\",\n)\n"
                try manifest.write(to: folder.appending(path: "Package.swift"), atomically: true, encoding: .utf8)
                let written = try await certhost("adapter", "new", "example-ca", "--in-package", in: folder)
                try #require(written.status == 0, "\(written.errors)")

                let swift = files(below: folder).filter { $0.hasSuffix(".swift") }
                func paths(in part: String) -> [String] {
                    swift.filter { $0.hasPrefix(part) }.map { folder.appending(path: $0).path }
                }
                let compiler = try await Compiler()
                let module = try await compiler.module("ExampleCAAdapter", of: paths(in: "Sources/"), into: folder)
                try #require(module.status == 0, "\(module.printed)")
                let tests = try await compiler.check(paths(in: "Tests/"), with: folder)
                #expect(tests.status == 0, "\(tests.printed)")
                let rules = ["--configuration", checkout.appending(path: ".swift-format").path]
                let lint = ["format", "lint", "--strict"] + rules + ["-r", "Sources", "Tests"]
                let format = try await run("swift", lint, in: folder)
                #expect(format.status == 0, "\(format.printed)")
            }
        }

        @Test("its configuration of the formatter is ours")
        func formatter() async throws {
            try await withTemporaryFolder { folder in
                _ = try await certhost("adapter", "new", "example-ca", in: folder)
                let theirs = try Data(contentsOf: folder.appending(path: "example-ca-adapter/.swift-format"))
                #expect(theirs == (try Data(contentsOf: checkout.appending(path: ".swift-format"))))
            }
        }
    }
}
