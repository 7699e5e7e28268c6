import Foundation
import Testing

@testable import certhost

/// What `certhost adapter new` refuses, and what it leaves behind then: nothing. That its output builds and passes is a test of
/// `PackageTests`.
@Suite("certhost adapter new")
struct AdapterCommandTests {
    private static func with(_ body: (CommandRunner) async throws -> Void) async throws {
        let runner = try CommandRunner()
        defer { try? FileManager.default.removeItem(at: runner.folder) }
        try await body(runner)
    }

    /// The files below the runner's folder, without those that catch its output.
    private static func files(_ runner: CommandRunner) -> [String] {
        let all = FileManager.default.enumerator(atPath: runner.folder.path)?.compactMap { $0 as? String } ?? []
        return all.filter { !$0.hasSuffix(".out") && !$0.hasSuffix(".err") }.sorted()
    }

    @Test(
        "a name that can't be one is refused with what would do",
        arguments: [
            ("Example", "lower-case letters"), ("example_ca", "lower-case letters"),
            ("example--ca", "lower-case letters"),
            ("-ca", "lower-case letters"), ("ca-", "lower-case letters"), ("3ca", "lower-case letters"),
            ("beispiel-zertifikatsstelle", "20 at most"), ("digicert", "already"), ("ncp", "already"),
            ("order", "a type Order"), ("digi-cert", "a type DigiCert"), ("switch", "word of the Swift language"),
            ("null", "no text in YAML"),
            ("../ca", "lower-case letters"), ("câ", "lower-case letters"),
        ])
    func names(_ name: String, _ reason: String) async throws {
        try await Self.with { runner in
            let result = try await runner.run("adapter", "new", "--", name)
            #expect(result.status == 64, "\(result.errors)")
            #expect(result.errors.contains(reason), "\(result.errors)")
            #expect(result.output.isEmpty)
            #expect(Self.files(runner).isEmpty)
        }
    }

    @Test("a name is spelled as types, functions, people and variables are")
    func spellings() throws {
        let name = try AdapterName("aws-private-ca", taken: [])
        #expect(name.type == "AWSPrivateCA")
        #expect(name.member == "awsPrivateCA")
        #expect(name.title == "AWS Private CA")
        #expect(name.variable == "AWS_PRIVATE_CA")
        #expect(name.module == "AWSPrivateCAAdapter")
    }

    @Test(
        "where one file is in the way, none is written",
        arguments: ["Package.swift", "Tests", "Sources/ExampleCAAdapter/Wire"])
    func obstacle(_ path: String) async throws {
        try await Self.with { runner in
            let place = runner.folder.appending(path: "here/\(path)")
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try "mine".write(to: place, atomically: true, encoding: .utf8)
            let before = Self.files(runner)
            let result = try await runner.run("adapter", "new", "example-ca", "--output", "here")
            #expect(result.status == 64)
            #expect(result.errors.contains("\(path) is in the way, so nothing was written"), "\(result.errors)")
            #expect(Self.files(runner) == before)
            #expect(try String(contentsOf: place, encoding: .utf8) == "mine")
        }
    }

    @Test("a folder that has other files in it is taken, and they stay")
    func otherFiles() async throws {
        try await Self.with { runner in
            try FileManager.default.createDirectory(
                at: runner.folder.appending(path: "here/.git"), withIntermediateDirectories: true)
            try runner.write("mine", to: "here/README.md")
            let result = try await runner.run("adapter", "new", "example-ca", "--output", "here")
            #expect(result.status == 0, "\(result.errors)")
            #expect(Self.files(runner).contains("here/Package.swift"))
            #expect(try String(contentsOf: runner.folder.appending(path: "here/README.md"), encoding: .utf8) == "mine")
        }
    }

    @Test(
        "what can't be written is told, and what was written before it is taken back",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/self"), "there is no /proc here"))
    func unwritable() async throws {
        try await Self.with { runner in
            let result = try await runner.run("adapter", "new", "example-ca", "--output", "/proc/example-ca")
            #expect(result.status == 1, "\(result.errors)")
            #expect(result.errors.contains("can't be written below /proc/example-ca"))
        }
    }

    @Test("a repository is depended on by its version, a checkout by its path, anything else is refused")
    func dependency() async throws {
        try await Self.with { runner in
            func manifest(_ folder: String) throws -> String {
                try String(contentsOf: runner.folder.appending(path: "\(folder)/Package.swift"), encoding: .utf8)
            }
            let address = "https://git.example/fork-of-certhost.git"
            _ = try await runner.run("adapter", "new", "a-ca", "--certhost", address)
            #expect(try manifest("a-ca-adapter").contains(".package(url: \"\(address)\", from: \"0.1.0\"),"))
            #expect(try manifest("a-ca-adapter").contains("package: \"fork-of-certhost\")"))

            // A copy of what makes a checkout, with the new package in it.
            try FileManager.default.createDirectory(
                at: runner.folder.appending(path: "copy/Sources/CertProtocol"), withIntermediateDirectories: true)
            try runner.write("let package = Package(\n    name: \"certhost\",\n)\n", to: "copy/Package.swift")
            _ = try await runner.run("adapter", "new", "b-ca", "--output", "copy/adapters/b")
            #expect(try manifest("copy/adapters/b").contains(".package(name: \"certhost\", path: \"../..\"),"))
            _ = try await runner.run("adapter", "new", "c-ca", "--certhost", "copy")
            let path = runner.folder.resolvingSymlinksInPath().appending(path: "copy").path
            #expect(try manifest("c-ca-adapter").contains(".package(name: \"certhost\", path: \"\(path)\"),"))

            let refused = try await runner.run("adapter", "new", "d-ca", "--certhost", "a-ca-adapter")
            #expect(refused.status == 64)
            #expect(refused.errors.contains("is no checkout of certhost"), "\(refused.errors)")
        }
    }

    @Test("--in-package writes among a checkout's own files, and tells what Package.swift needs")
    func inPackage() async throws {
        try await Self.with { runner in
            try FileManager.default.createDirectory(
                at: runner.folder.appending(path: "Sources/CertProtocol"), withIntermediateDirectories: true)
            let manifest = "let package = Package(\n    name: \"certhost\",\n)\n"
            try runner.write(manifest, to: "Package.swift")
            let result = try await runner.run("adapter", "new", "example-ca", "--in-package")
            #expect(result.status == 0, "\(result.errors)")
            let files = Self.files(runner)
            #expect(files.contains("Sources/ExampleCAAdapter/ExampleCAProvider.swift"))
            #expect(files.contains("Tests/ExampleCAAdapterTests/ConformanceTests.swift"))
            #expect(!files.contains { $0.hasSuffix("Log.swift") || $0 == ".gitignore" })
            #expect(try String(contentsOf: runner.folder.appending(path: "Package.swift"), encoding: .utf8) == manifest)
            for piece in [
                #"name: "ExampleCAAdapterTests","#, "packageAccess: false,", ".exampleCA(transport: transport),",
            ] {
                #expect(result.output.contains(piece), "\(result.output)")
            }
        }
    }

    @Test("every public type of the modules that an adapter meets is a reserved name")
    func reserved() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources")
        let modules = try FileManager.default.contentsOfDirectory(atPath: sources.path).filter {
            // Whoever adds an adapter to the package adds it here, or lets others take its names.
            [
                "CertProtocol", "AdapterHTTP", "CertConformance", "DigiCertAdapter", "NCPAdapter", "ACMEAdapter",
                "LocalCAAdapter",
            ].contains($0)
        }
        #expect(modules.count >= 5)
        for module in modules {
            let folder = sources.appending(path: module)
            let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
            for path in paths where path.hasSuffix(".swift") && !path.contains(".docc/") {
                let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
                for type in text.matches(
                    of: /(?m)^public (?:final |indirect )*(?:struct|enum|class|protocol|actor) (\w+)/)
                {
                    #expect(ReservedNames.types.contains(String(type.1)), "\(type.1) of \(module) is not reserved")
                }
            }
        }
    }
}
