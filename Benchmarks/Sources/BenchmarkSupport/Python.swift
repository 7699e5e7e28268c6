public import Foundation

/// What Python takes for the same work, as the baseline that others know.
public enum Python {
    /// Runs a script and reads the numbers that it prints, one a line.
    ///
    /// - Parameters:
    ///   - script: the script.
    ///   - arguments: what it finds in `sys.argv[1:]`.
    /// - Returns: the numbers; `nil` where Python, or a module that the script imports, is absent.
    /// - Throws: the operating system's error where nothing can be started.
    public static func numbers(_ script: String, _ arguments: [String]) throws -> [Double]? {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script] + arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let numbers = text.split(separator: "\n").compactMap { Double($0) }
        return process.terminationStatus == 0 && !numbers.isEmpty ? numbers : nil
    }
}
