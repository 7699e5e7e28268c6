import Foundation

/// The folder of this package.
let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

/// Where what the build has made is: beside the test bundle that is running.
let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()

/// What the packages here are built into.
let scratch = checkout.appending(path: ".build/packages/build")

/// A folder that is kept from run to run.
func keptFolder(_ name: String) -> URL { checkout.appending(path: ".build/packages/\(name)") }

/// Runs `body` with a folder of its own, which is removed afterwards.
func withTemporaryFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "certhost-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.resolvingSymlinksInPath())
}

/// What is below a folder, `.build` and the resolved versions left out, sorted.
func files(below folder: URL) -> [String] {
    let found = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return found.filter { path in
        let type = try? FileManager.default.attributesOfItem(atPath: folder.appending(path: path).path)[.type]
        return type as? FileAttributeType != .typeDirectory && !path.hasPrefix(".build/") && path != "Package.resolved"
    }.sorted()
}
