import CertProtocol
import Testing

/// The subcommands as the command itself tells them, so that no test has to be told of a new one.
struct CommandTree {
    /// A subcommand that has none below it.
    struct Leaf {
        /// The words that name it: `config check`.
        let name: String
        /// The values of its `--format`; none where it has no such option.
        let formats: [String]
        /// Whether it takes `-v`.
        let isVerbose: Bool
        /// Whether it takes `--raw`.
        let hasRaw: Bool
    }

    let leaves: [Leaf]

    init(_ runner: CommandRunner) async throws {
        let dump = try await runner.run("--experimental-dump-help")
        let root = try #require(dump.json?["command"], "the command tells of itself")
        leaves = Self.leaves(of: root, below: [])
    }

    private static func leaves(of command: JSONValue, below words: [String]) -> [Leaf] {
        let children = command.array("subcommands") ?? []
        guard children.isEmpty else {
            return children.flatMap { child in
                leaves(of: child, below: words + [child.string("commandName") ?? "?"])
            }
        }
        let arguments = command.array("arguments") ?? []
        func argument(_ name: String) -> JSONValue? {
            arguments.first { $0.array("names")?.contains { $0.string("name") == name } == true }
        }
        return [
            Leaf(
                name: words.joined(separator: " "),
                formats: argument("format")?.array("allValues")?.map { $0.stringValue ?? "?" } ?? [],
                isVerbose: argument("verbose") != nil, hasRaw: argument("raw") != nil)
        ]
    }
}
