internal import ArgumentParser
internal import CertProtocol
internal import Host

/// `certhost config`
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check and show the configuration.", subcommands: [Check.self, Show.self]
    )

    /// `certhost config check`
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Report everything that is wrong in the configuration, at once.",
            discussion: "Nothing is sent. The exit status is 78 when there are errors."
        )

        @OptionGroup var options: CommonOptions

        func run() async throws {
            let console = Console(format: options.format)
            try await CommandRun(timeout: options.timeout?.duration).run {
                let surroundings = Surroundings()
                var findings: [ConfigurationFinding] = []
                do {
                    findings = try await surroundings.load(options).0.warnings
                } catch let error as ConfigurationError {
                    findings = error.findings
                }
                await surroundings.close()
                print(findings, to: console)
                console.output.flush()
                if findings.contains(where: { $0.severity == .error }) { throw ExitCode(78) }
            }
        }

        private func print(_ findings: [ConfigurationFinding], to console: Console) {
            switch console.format {
            case .json: console.print(["findings": .array(findings.map(\.node))])
            case .ndjson: for finding in findings { console.print(finding.node) }
            case .csv:
                let empty = ConfigurationFinding(code: "", file: "", message: "")
                console.printCSV(empty.node.members.map(\.0))
                for finding in findings {
                    console.printCSV(finding.node.members.map { CSV.cell($0.1) })
                }
            case .table:
                console.output.write(
                    findings.isEmpty ? "\(options.config): no findings\n" : ConfigurationReport(findings).text
                )
            }
        }
    }

    /// `certhost config show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the effective configuration, with the place that each value comes from.",
            discussion: "Secrets are never shown."
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
                                ]
                            }
                        ),
                    ])
                case .csv:
                    console.printCSV(["path", "value", "origin"])
                    for value in effective.entries {
                        console.printCSV([value.path, value.value, value.origin])
                    }
                }
            }
        }
    }
}

extension ConfigurationFinding {
    /// The finding as JSON, every key present.
    var node: JSONNode {
        [
            "severity": .string(severity.rawValue), "code": .string(code), "file": .string(file),
            "line": .optional(line), "column": .optional(column), "path": .optional(path),
            "message": .string(message), "found": .optional(found), "allowed": .strings(allowed),
            "suggestion": .optional(suggestion),
        ]
    }
}
