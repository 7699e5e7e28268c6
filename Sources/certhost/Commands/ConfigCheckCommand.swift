internal import ArgumentParser
internal import CertProtocol
internal import Host

extension ConfigCommand {
    /// `certhost config check`
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Report everything that is wrong in the configuration, at once.",
            discussion: """
                The chosen environment is checked as a whole, references included; the others, in the file and in files of \
                their own, for what stands in them. Nothing is sent unless --online is given. The exit status is 78 when \
                there are errors.
                """
        )

        @Flag(
            help: ArgumentHelp(
                "Also make one cheap call to each enabled provider: is its credential good, does its role suffice?",
                discussion: "Made only when nothing else is wrong. A provider that can't be reached is an error too."
            )
        )
        var online = false

        @OptionGroup var options: CommonOptions

        /// What was found.
        private struct Outcome {
            var findings: [ConfigurationFinding] = []
            /// How each provider that was asked answered, or why it wasn't asked.
            var answers: [String] = []
        }

        func run() async throws {
            ConsoleLogHandler.install(isVerbose: options.verbose)
            let console = Console(format: options.format)
            let run = CommandRun(timeout: options.timeout?.duration)
            try await run.run {
                let surroundings = Surroundings()
                let outcome: Result<Outcome, any Error>
                do {
                    outcome = .success(try await check(surroundings, console: console, run: run))
                } catch {
                    outcome = .failure(Session.reported(error, console: console, run: run))
                }
                await surroundings.close()
                let found = try outcome.get()
                print(found, to: console)
                console.output.flush()
                if found.findings.contains(where: { $0.severity == .error }) { throw ExitCode(78) }
            }
        }

        private func check(_ surroundings: Surroundings, console: Console, run: CommandRun) async throws -> Outcome {
            let (loaded, registry): (LoadedConfiguration, AdapterRegistry)
            do {
                (loaded, registry) = try await surroundings.load(options, isThorough: true)
            } catch let error as ConfigurationError {
                return Outcome(findings: error.findings)
            }
            var outcome = Outcome(findings: loaded.warnings)
            guard online else { return outcome }
            let host = try CertificateHost(
                configuration: loaded.configuration, registry: registry, circuitBreaker: nil
            )
            if loaded.configuration.isSandboxed { console.announceSandbox() }
            let progress = Progress(console)
            defer { progress.clear() }
            let health = await host.health(
                run: run, context: OperationContext(observe: { progress.note($0) })
            )
            for provider in host.providers {
                let answer = health[provider.id]
                outcome.answers.append("\(provider.id): \(answer?.words ?? "disabled, not asked")")
                guard let error = answer?.error, error.code != .cancelled else { continue }
                outcome.findings.append(loaded.finding(for: error, of: provider.id))
            }
            return outcome
        }

        private func print(_ outcome: Outcome, to console: Console) {
            let findings = outcome.findings
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
                for answer in outcome.answers { console.output.write(answer + "\n") }
            }
        }
    }
}

extension ConfigurationFinding {
    /// The finding as JSON, every key present.
    fileprivate var node: JSONNode {
        [
            "severity": .string(severity.rawValue), "code": .string(code), "file": .string(file),
            "line": .optional(line), "column": .optional(column), "path": .optional(path),
            "message": .string(message), "found": .optional(found), "allowed": .strings(allowed),
            "suggestion": .optional(suggestion),
        ]
    }
}
