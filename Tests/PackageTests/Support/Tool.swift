import Foundation

/// A program that was run to its end.
struct ToolResult {
    let status: Int32
    let output: String
    let errors: String

    /// What it has printed, for a failure's message.
    var printed: String { output + errors }
}

/// Runs a program, by its path or a name that `PATH` has, to its end; `environment` comes on top of this process's.
func run(
    _ program: String, _ arguments: [String], in folder: URL = checkout, environment: [String: String] = [:]
) async throws -> ToolResult {
    try await withTemporaryFolder { place in
        let output = place.appending(path: "output")
        let errors = place.appending(path: "errors")
        for file in [output, errors] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let handles = [try FileHandle(forWritingTo: output), try FileHandle(forWritingTo: errors)]
        defer { for handle in handles { try? handle.close() } }
        process.standardOutput = handles[0]
        process.standardError = handles[1]
        let (ended, end) = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        for await _ in ended {}
        return ToolResult(
            status: process.terminationStatus,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        )
    }
}

/// Runs the command of this build.
func certhost(_ arguments: String..., in folder: URL = checkout) async throws -> ToolResult {
    try await run(products.appending(path: "certhost").path, arguments, in: folder)
}

/// Runs the package manager in a package, with the versions that this one was built with. What it builds is kept, and shared by the
/// packages here: what they all depend on is built once.
func swift(_ arguments: String..., in package: URL) async throws -> ToolResult {
    let resolved = package.appending(path: "Package.resolved")
    if !FileManager.default.fileExists(atPath: resolved.path) {
        try? FileManager.default.copyItem(at: checkout.appending(path: "Package.resolved"), to: resolved)
    }
    // A plan that is there is taken as it is as long as the package itself is unchanged, even where the package that it depends on
    // has got new files since. What was compiled stays.
    for plan in ["debug.yaml", "debug/description.json"] {
        let file = scratch.appending(path: plan)
        if FileManager.default.fileExists(atPath: file.path) { try FileManager.default.removeItem(at: file) }
    }
    return try await run("swift", arguments + ["--scratch-path", scratch.path], in: package)
}

extension Result where Failure == any Error {
    /// What came of it.
    static func of(_ body: () async throws -> Success) async -> Result {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
