internal import ArgumentParser
internal import CertProtocol
internal import Host

/// `certhost config`
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check and show the configuration, and describe its format to editors.",
        subcommands: [Check.self, Show.self, Schema.self]
    )

    /// `certhost config show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the effective configuration, with the place that each value comes from.",
            discussion: """
                The chosen environment's values are applied, from the file and from the environment's own file. Secrets are \
                never shown. What a reference stands for is shown only where it is one of few values that can be told \
                beforehand, such as a number or a choice; otherwise the reference is shown itself.
                """
        )

        @OptionGroup var options: CommonOptions

        func run() async throws {
            try await Session.open(options, asksProviders: false) { session in
                let effective = session.loaded.effective
                let console = session.console
                switch console.format {
                case .table: console.output.write(effective.yaml())
                case .json, .ndjson:
                    console.print([
                        "environment": .optional(session.loaded.configuration.environment),
                        "values": .array(
                            effective.entries.map {
                                [
                                    "path": .string($0.path), "value": .string($0.value), "origin": .string($0.origin),
                                    "reference": .optional($0.reference),
                                ]
                            }
                        ),
                    ])
                case .csv:
                    console.printCSV(["path", "value", "origin", "reference"])
                    for value in effective.entries {
                        console.printCSV([value.path, value.value, value.origin, value.reference ?? ""])
                    }
                }
            }
        }
    }

    /// `certhost config schema`
    struct Schema: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the JSON Schema of the configuration, for editors.",
            discussion: """
                An editor with a YAML language server completes and checks the file with it:

                  certhost config schema > certhost.schema.json

                and, as the first line of plugins.yaml:

                  # yaml-language-server: $schema=certhost.schema.json

                The schema knows the adapters of this command. What it can't know, such as what an environment adds, config \
                check does.
                """
        )

        @Flag(help: "Print the schema of an environment's own file, such as plugins.prod.yaml.")
        var environmentFile = false

        @OptionGroup(visibility: .hidden) var options: CommonOptions

        func run() async throws {
            let surroundings = Surroundings()
            let schema = Result {
                ConfigurationSchema(
                    registry: try surroundings.registry(), scope: environmentFile ? .environment : .file)
            }
            await surroundings.close()
            let console = Console(format: options.format)
            console.output.write(try schema.get().node.indentedText + "\n")
            console.output.flush()
        }
    }
}
