internal import ArgumentParser
internal import CertProtocol
internal import Host

/// `certhost order`
struct OrderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "Show everything that a certificate authority knows about one order."
    )

    @Argument(help: ArgumentHelp("The order, as list prints it.", valueName: "provider/id"))
    var order: RecordReference

    @Option(help: "What the id is: order, serial or thumbprint.")
    var by = LookupArgument.order

    @OptionGroup var options: CommonOptions

    func run() async throws {
        let reference: OrderReference =
            switch by {
            case .order: .order(order.id)
            case .serial: .serial(order.id)
            case .thumbprint: .thumbprint(order.id)
            }
        try await Session.open(options) { session in
            let found = try await session.host.order(reference, from: order.provider, context: session.context)
            let console = session.console
            switch console.format {
            case .table:
                let adapter = try session.host.provider(order.provider).configuration.adapter
                OrderView(found, adapter: adapter).print(to: console)
                if options.raw { console.output.write(found.raw.text + "\n") }
            case .csv:
                let node = found.node(withRaw: options.raw)
                console.printCSV(node.members.map(\.0))
                console.printCSV(node.members.map { CSV.cell($0.1) })
            case .json, .ndjson:
                var members: [(String, JSONNode)] = [("order", found.node())]
                if options.raw { members.append(("raw", .raw(found.raw))) }
                console.print(.object(members))
            }
            guard let first = found.problems.first else { return }
            for problem in found.problems { console.report(problem, from: order.provider) }
            var error = CertificateError(
                .malformedResponse, "\(found.problems.count) of its certificates could not be read: \(first.reason)"
            )
            error.provider = order.provider
            error.operation = .orderDetail
            throw error
        }
    }
}

/// What an order is looked up by, on the command line.
enum LookupArgument: String, CaseIterable, ExpressibleByArgument, Sendable {
    case order, serial, thumbprint
}

/// `certhost duplicates`
struct DuplicatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates", abstract: "List the duplicates, or the reissues, of one order."
    )

    @Argument(help: ArgumentHelp("The order, as list prints it.", valueName: "provider/order"))
    var order: RecordReference

    @Flag(help: "List the reissues instead.")
    var reissues = false

    @OptionGroup var options: CommonOptions

    func run() async throws {
        try await Session.open(options) { session in
            let events =
                reissues
                ? try session.host.listReissues(of: order.id, at: order.provider, context: session.context)
                : try session.host.listDuplicates(of: order.id, at: order.provider, context: session.context)
            try await session.printer(.certificates, order: [order.provider], named: [order.provider])
                .printWhole(events)
        }
    }
}
