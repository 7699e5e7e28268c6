public import Foundation

/// `certhost sandbox` in a process of its own, and the configuration that it prints.
public final class Sandbox {
    /// What a client needs to reach it.
    public let configuration: URL
    /// The root of its DigiCert API.
    public let digiCertRoot: String
    /// The key of its DigiCert API.
    public let digiCertKey: String
    private let process = Process()
    private let errors = Pipe()

    /// Starts a sandbox and returns once it listens.
    ///
    /// - Parameters:
    ///   - command: the path of certhost.
    ///   - options: what `certhost sandbox` is given.
    ///   - keys: further keys of every provider in the configuration, such as `limits: []`.
    /// - Throws: the operating system's error where it can't be started.
    public init(command: String, options: [String], keys: [String] = ["limits: []"]) throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: command)
        process.arguments = ["sandbox"] + options
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // The configuration is printed once the sandbox listens, in one piece; its last key is the secret key of NCP.
        var text = ""
        while !text.contains("secret_key"), case let more = output.fileHandleForReading.availableData, !more.isEmpty {
            text += String(decoding: more, as: UTF8.self)
        }
        func value(_ key: String) -> String {
            text.split(separator: "\n").first { $0.contains(key) }?.split(separator: "\"").last.map(String.init) ?? ""
        }
        digiCertRoot = value("base_url")
        digiCertKey = value("api_key")
        let more = keys.map { "    \($0)\n" }.joined()
        text = text.replacingOccurrences(of: "    settings:", with: more + "    settings:")
        configuration = FileManager.default.temporaryDirectory.appending(
            path: "certhost-benchmark-\(UUID().uuidString).yaml")
        try text.write(to: configuration, atomically: true, encoding: .utf8)
    }

    /// What it was asked, as it tells when it ends.
    public struct Tally: Sendable {
        /// All requests.
        public var requests = 0
        /// Those that were more than its rate windows allow.
        public var tooMany = 0
    }

    /// Ends it.
    @discardableResult
    public func stop() -> Tally {
        process.interrupt()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: configuration)
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        // “The sandbox was sent 12 requests and answered 3 of them with 429.”
        let words = text.split { " \n".contains($0) }
        guard let sent = words.firstIndex(of: "sent"), words.count > sent + 5 else { return Tally() }
        return Tally(requests: Int(words[sent + 1]) ?? 0, tooMany: Int(words[sent + 5]) ?? 0)
    }
}
