import Foundation

/// The compiler over the modules of this build, with the settings of the package that `certhost adapter new` writes.
struct Compiler {
    private let settings: [String]

    init() async throws {
        // Modules in C are found beside their maps: those that the build has made for them, and those of the sources. Those of
        // modules in Swift, deeper in the build, are there twice.
        let sources = [checkout.appending(path: ".build/checkouts"), checkout.appending(path: "Sources")].map(\.path)
        let named = ["-name", "module.modulemap", "-not", "-path", "*/Tests/*"]
        let made = try await run("find", [products.path, "-maxdepth", "2"] + named)
        let written = try await run("find", sources + named)
        let folders = (made.output + written.output).split(separator: "\n").map {
            URL(filePath: String($0)).deletingLastPathComponent().path
        }
        let features = [
            "ExistentialAny", "MemberImportVisibility", "InternalImportsByDefault", "NonisolatedNonsendingByDefault",
        ]
        settings =
            ["-swift-version", "6", "-warnings-as-errors"] + features.flatMap { ["-enable-upcoming-feature", $0] }
            + ([products.appending(path: "Modules").path] + folders).flatMap { ["-I", $0] }
    }

    /// Makes a module of files, for tests, in a folder.
    func module(_ name: String, of files: [String], into folder: URL) async throws -> ToolResult {
        let place = folder.appending(path: "\(name).swiftmodule").path
        let arguments = ["-emit-module", "-enable-testing", "-o", place, "-module-name", name]
        return try await run("swiftc", settings + arguments + files)
    }

    /// Checks the files of tests of modules that are in a folder.
    func check(_ files: [String], with folder: URL) async throws -> ToolResult {
        try await run("swiftc", settings + ["-typecheck", "-module-name", "CheckedTests", "-I", folder.path] + files)
    }
}
