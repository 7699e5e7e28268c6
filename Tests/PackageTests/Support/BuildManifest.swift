import CertProtocol
import Foundation

/// What the package manager's build does, as it wrote it down for llbuild: which command makes which file of which others.
struct BuildManifest {
    private struct Command {
        var inputs: [String] = []
        var outputs: [String] = []
    }

    private let makers: [String: Command]

    /// The manifest of the last debug build into a folder.
    init(of scratch: URL) throws {
        let text = try String(contentsOf: scratch.appending(path: "debug.yaml"), encoding: .utf8)
        var commands: [Command] = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix("  \""), line.hasSuffix("\":") {
                commands.append(Command())
            } else if line.hasPrefix("    inputs: "), !commands.isEmpty {
                commands[commands.count - 1].inputs = try Self.list(line)
            } else if line.hasPrefix("    outputs: "), !commands.isEmpty {
                commands[commands.count - 1].outputs = try Self.list(line)
            }
        }
        makers = Dictionary(
            commands.flatMap { command in command.outputs.map { ($0, command) } }, uniquingKeysWith: { $1 }
        )
    }

    /// The modules that are compiled for an executable, in any language, from the files that it is made of.
    func modules(of executable: String) -> Set<String> {
        let start = makers.keys.filter { $0.hasSuffix("/debug/\(executable)") }
        var pending = Array(start)
        var seen = Set(pending)
        while let file = pending.popLast() {
            for input in makers[file]?.inputs ?? [] where seen.insert(input).inserted { pending.append(input) }
        }
        return Set(seen.compactMap { file in file.firstMatch(of: /\/([^\/]+)\.build\/.*\.o$/).map { String($0.1) } })
    }

    private static func list(_ line: Substring) throws -> [String] {
        let list = line.drop { $0 != "[" }
        return try JSONValue(parsing: String(list)).elements.compactMap(\.stringValue)
    }
}
