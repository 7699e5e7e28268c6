import Foundation

/// `certhost sandbox` in a process of its own, and the configuration that it prints.
final class Sandbox {
    let configuration: URL
    private let process = Process()

    init(command: String, orders: Int) throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: command)
        process.arguments = ["sandbox", "--orders", String(orders)]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // The configuration is printed once the sandbox listens, in one piece; its last key is the secret key of NCP.
        var text = ""
        while !text.contains("secret_key"), case let more = output.fileHandleForReading.availableData, !more.isEmpty {
            text += String(decoding: more, as: UTF8.self)
        }
        // The benchmark measures the client, not how long the rate windows make it wait.
        text = text.replacingOccurrences(of: "    settings:", with: "    limits: []\n    settings:")
        configuration = FileManager.default.temporaryDirectory.appending(
            path: "certhost-benchmark-\(UUID().uuidString).yaml")
        try text.write(to: configuration, atomically: true, encoding: .utf8)
    }

    func stop() {
        process.interrupt()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: configuration)
    }
}
