internal import ArgumentParser
internal import CertProtocol
internal import Host

/// `certhost providers`
struct ProvidersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "providers", abstract: "Show the configured providers and what each can do."
    )

    @Flag(help: "Make one cheap call to each, to see whether its credential works.")
    var check = false

    @OptionGroup var options: CommonOptions

    func run() async throws {
        try await Session.open(options, asksProviders: check) { session in
            let health = check ? await session.host.health(run: session.run, context: session.context) : [:]
            session.print(health)
            let failures = health.values.filter { $0.error != nil }.count
            if failures > 0 { throw ExitCode(failures == health.count ? 1 : 3) }
        }
    }
}

extension Session {
    fileprivate func print(_ health: [String: Health]) {
        let records = host.providers.map { provider in node(provider, health[provider.id]) }
        switch console.format {
        case .json:
            console.print([
                "environment": .optional(loaded.configuration.environment), "providers": .array(records),
            ])
        case .ndjson: for record in records { console.print(record) }
        case .csv:
            if let first = records.first { console.printCSV(first.members.map(\.0)) }
            for record in records { console.printCSV(record.members.map { CSV.cell($0.1) }) }
        case .table:
            var table = Table(
                [
                    TableColumn("PROVIDER"), TableColumn("ADAPTER"), TableColumn("ENABLED", minimum: 7),
                ] + (health.isEmpty ? [] : [TableColumn("STATUS", minimum: 12)]) + [
                    TableColumn("CAPABILITIES", minimum: 20)
                ]
            )
            for provider in host.providers {
                table.append(
                    [provider.id, provider.configuration.adapter, provider.isEnabled ? "yes" : "no"]
                        + (health.isEmpty ? [] : [health[provider.id]?.words ?? "not checked"])
                        + [provider.capabilities.operations.description]
                )
            }
            console.print(table)
        }
        for provider in host.providers {
            if let error = health[provider.id]?.error { console.report(error) }
        }
    }

    private func node(_ provider: ConfiguredProvider, _ health: Health?) -> JSONNode {
        [
            "id": .string(provider.id),
            "adapter": .string(provider.configuration.adapter),
            "enabled": .boolean(provider.isEnabled),
            "capabilities": .strings(provider.capabilities.operations.elements.map(\.rawValue)),
            "lookups": .strings(provider.capabilities.lookups.map(\.rawValue)),
            "page_size": .optional(provider.capabilities.pageSize),
            "health": health?.node ?? .null,
        ]
    }
}
