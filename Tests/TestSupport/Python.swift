internal import Foundation

/// Python, where a test compares with a program that others trust. The modules are those of `Tests/requirements.txt`.
public enum Python {
    /// The interpreter: the one that CERTHOST_PYTHON names, as `make test` does, otherwise the first on the path.
    private static var command: [String] {
        [ProcessInfo.processInfo.environment["CERTHOST_PYTHON"] ?? "python3"]
    }

    /// Whether there is Python, and in it a module.
    public static func has(_ module: String) -> Bool { (try? run("import \(module)", [])) != nil }

    /// What a script prints.
    ///
    /// - Parameters:
    ///   - script: the script.
    ///   - arguments: what it finds in `sys.argv[1:]`.
    ///   - input: what it finds in the file that `sys.argv[-1]` names.
    /// - Returns: its standard output.
    /// - Throws: where it can't be started, or fails.
    public static func run(_ script: String, _ arguments: [String] = [], input: String? = nil) throws -> String {
        let process = Process()
        let output = Pipe()
        let file = FileManager.default.temporaryDirectory.appending(path: "certhost-python-\(UUID().uuidString)")
        try Data((input ?? "").utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command + ["-c", script] + arguments + [file.path]
        process.standardOutput = output
        process.standardError = input == nil ? FileHandle.nullDevice : FileHandle.standardError
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw PythonFailure(status: process.terminationStatus) }
        return text
    }
}

/// A script that failed.
public struct PythonFailure: Error {
    /// Its exit status.
    public let status: Int32
}
