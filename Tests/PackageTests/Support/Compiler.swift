import Foundation

/// The compiler over the modules of this build, with the settings of the package that `certhost adapter new` writes.
struct Compiler {
    private let settings: [String]

    init() async throws {
        // Modules in C are found beside their maps: those that the build has made, and those of the sources.
        let places = [products, checkout.appending(path: ".build/checkouts"), checkout.appending(path: "Sources")]
        let maps = try await run(
            "find", places.map(\.path) + ["-name", "module.modulemap", "-not", "-path", "*/Tests/*"])
        let folders = maps.output.split(separator: "\n").map {
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
