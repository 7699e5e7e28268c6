import Foundation

/// The `openssl` command as a judge of keys, requests and certificates that isn't ours.
package struct OpenSSL {
    /// A command that ended with another status than 0.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// A folder for the files that the command reads; removed with the value's owner's ``remove()``.
    private let folder: URL

    package init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "openssl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    package func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Writes a file, and returns its path.
    package func file(_ text: String, _ name: String = UUID().uuidString) throws -> String {
        let url = folder.appending(path: name)
        try Data(text.utf8).write(to: url)
        return url.path
    }

    /// Runs the command, and returns what it printed.
    @discardableResult
    package func run(_ arguments: [String], input: String = "") throws -> String {
        try Self.run("openssl", arguments, input: input)
    }

    /// Runs a command of the machine, and returns what it printed.
    @discardableResult
    package static func run(_ command: String, _ arguments: [String], input: String = "") throws -> String {
        let process = Process()
        let output = Pipe()
        let feed = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [command] + arguments
        process.standardInput = feed
        process.standardOutput = output
        process.standardError = output
        try process.run()
        try feed.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try feed.fileHandleForWriting.close()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(command) \(arguments.joined(separator: " ")): \(text)")
        }
        return text
    }

    /// As ``run(_:_:input:)``, for commands that take long: on a thread of its own, since a blocked one of the pool would
    /// starve the servers that answer on the same few.
    package static func runAside(_ command: String, _ arguments: [String]) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try run(command, arguments) }) }
        }
    }

    /// A request for a certificate with a key of its own.
    ///
    /// - Parameters:
    ///   - commonName: the subject's common name.
    ///   - key: the arguments of `-newkey`.
    /// - Returns: the request and the key, PEM.
    /// - Throws: ``Failure``.
    package func signingRequest(
        _ commonName: String, key: [String] = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    ) throws -> (request: String, key: String) {
        let keyFile = folder.appending(path: UUID().uuidString).path
        let arguments =
            ["req", "-new", "-newkey"] + key + ["-nodes", "-keyout", keyFile, "-subj", "/CN=\(commonName)"]
        try run(arguments + ["-out", keyFile + ".csr"])
        return (
            try String(contentsOfFile: keyFile + ".csr", encoding: .utf8),
            try String(contentsOfFile: keyFile, encoding: .utf8)
        )
    }

    /// As ``signingRequest(_:key:)``, on a thread of its own: one after the other in a suite they would starve the servers.
    package func signingRequestAside(_ commonName: String) async throws -> (request: String, key: String) {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try signingRequest(commonName) }) }
        }
    }

    /// Whether the chain, leaf first, leads to that root.
    package func verify(_ chain: [String], root: String) throws {
        let leaf = try file(chain.first ?? "")
        let others = try file(chain.dropFirst().joined())
        try run(["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", file(root), "-untrusted", others, leaf])
    }
}
