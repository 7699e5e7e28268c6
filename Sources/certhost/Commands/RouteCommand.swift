internal import ArgumentParser
internal import CertProtocol
internal import Host

/// `certhost route`
struct RouteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "route", abstract: "Show where calls go that name no provider.", subcommands: [Explain.self]
    )

    /// `certhost route explain`
    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show which providers an order would go to, in order, and why not to the others.",
            discussion: "Nothing is sent."
        )

        @Option(help: ArgumentHelp("A name of the certificate; may be given several times.", valueName: "name"))
        var domain: [String]

        @Option(help: ArgumentHelp("What is to be validated: dv, ov, ev.", valueName: "validation"))
        var validation: String?

        @Option(help: ArgumentHelp("The product.", valueName: "product"))
        var product: String?

        @OptionGroup var options: CommonOptions

        func run() async throws {
            try await Session.open(options, asksProviders: false) { session in
                let decision = try session.host.router.decide(
                    RoutingRequest(domains: domain, validation: validation, product: product)
                )
                session.print(decision)
            }
        }
    }
}

extension Session {
    fileprivate func print(_ decision: RoutingDecision) {
        switch console.format {
        case .json, .ndjson:
            console.print([
                "candidates": .array(
                    decision.candidates.map { ["provider": .string($0.provider), "product": .optional($0.product)] }
                ),
                "refused": .array(
                    decision.refused.map { ["provider": .string($0.provider), "reason": .string($0.reason)] }
                ),
            ])
        case .table, .csv:
            let rows =
                decision.candidates.enumerated().map { [$1.provider, "\($0 + 1)", $1.product ?? "", ""] }
                + decision.refused.map { [$0.provider, "", "", $0.reason] }
            if console.format == .csv {
                console.printCSV(["provider", "choice", "product", "refused_because"])
                for row in rows { console.printCSV(row) }
                return
            }
            var table = Table([
                TableColumn("PROVIDER"), TableColumn("CHOICE", minimum: 6), TableColumn("PRODUCT", priority: 1),
                TableColumn("REFUSED BECAUSE", minimum: 24),
            ])
            for row in rows { table.append(row) }
            console.print(table)
        }
    }
}
