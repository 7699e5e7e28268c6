internal import ArgumentParser
internal import CertProtocol
internal import Foundation
internal import Host

/// `certhost list`
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the certificates that all providers hold.",
        discussion: """
            Conditions are combined: a certificate has to meet all of them. A provider that fails is named on standard \
            error, the others are listed, and the exit status is 3.
            """
    )

    @OptionGroup var selection: ProviderSelection

    @Option(help: ArgumentHelp("Only certificates of this status; may be given several times.", valueName: "status"))
    var status: [StatusArgument] = []

    @Option(
        help: ArgumentHelp("Only certificates with a name that matches, such as '*.example.com'.", valueName: "glob")
    )
    var domain: String?

    @Option(
        help: ArgumentHelp(
            "Only certificates that expire within this time (30d), but haven't expired.", valueName: "time"
        )
    )
    var expiringWithin: TimeSpan?

    @Flag(help: "Only certificates that have expired; together with --expiring-within, those of either kind.")
    var expired = false

    @Flag(
        help: "Fetch duplicates and reissues too, which some lists leave out: one or two requests for each such order.")
    var allCertificates = false

    @OptionGroup var options: CommonOptions

    func validate() throws {
        guard let domain else { return }
        let letters = domain.unicodeScalars.filter { $0.value < 0x80 }
        let isGlob = letters.allSatisfy { $0.properties.isAlphabetic || "0123456789-._*".unicodeScalars.contains($0) }
        guard !domain.isEmpty, isGlob else {
            throw ValidationError(
                "--domain takes a name in which * stands for any characters, such as '*.example.com'.")
        }
    }

    func run() async throws {
        let now = Date()
        let filter = CertificateFilter(
            statuses: Set(status.map(\.status)), domain: domain,
            expiringBy: expiringWithin.map { now.addingTimeInterval(Double($0.duration.milliseconds) / 1000) },
            isExpired: expired, now: now
        )
        try await Session.open(options) { session in
            try await session.print(
                .certificates, named: selection.provider,
                session.host.listCertificates(
                    filter, includesAllCertificates: allCertificates, providers: selection.ids, context: session.context
                )
            )
        }
    }
}

/// `--provider`
struct ProviderSelection: ParsableArguments {
    @Option(
        help: ArgumentHelp("Only this provider, by its id; may be given several times.", valueName: "id")
    )
    var provider: [String] = []

    /// The providers named; `nil` for all.
    var ids: [String]? { provider.isEmpty ? nil : provider }
}

/// A status on the command line.
struct StatusArgument: ExpressibleByArgument, Sendable {
    let status: CertificateStatus

    init?(argument: String) {
        guard let status = CertificateStatus(name: argument) else { return nil }
        self.status = status
    }

    static var allValueStrings: [String] { CertificateStatus.known.map(\.name) + ["unknown"] }
}

/// `certhost subaccount-orders`
struct SubaccountOrdersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "subaccount-orders", abstract: "List the orders of all sub-accounts."
    )

    @OptionGroup var selection: ProviderSelection
    @OptionGroup var options: CommonOptions

    func run() async throws {
        try await Session.open(options) { session in
            try await session.print(
                .orders, named: selection.provider,
                session.host.listSubaccountOrders(providers: selection.ids, context: session.context)
            )
        }
    }
}

/// `certhost changes`
struct ChangesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes", abstract: "List the orders whose status changed lately."
    )

    @Option(help: ArgumentHelp("How far back, 7d at most.", valueName: "time"))
    var since: TimeSpan

    @OptionGroup var selection: ProviderSelection
    @OptionGroup var options: CommonOptions

    func run() async throws {
        try await Session.open(options) { session in
            try await session.print(
                .changes, named: selection.provider,
                session.host.listChanges(since: since.duration, providers: selection.ids, context: session.context)
            )
        }
    }
}

/// `certhost products`
struct ProductsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "products", abstract: "List the products that can be ordered."
    )

    @OptionGroup var selection: ProviderSelection
    @OptionGroup var options: CommonOptions

    func run() async throws {
        try await Session.open(options) { session in
            try await session.print(
                .products, named: selection.provider,
                session.host.listProducts(providers: selection.ids, context: session.context)
            )
        }
    }
}

/// `certhost organizations`
struct OrganizationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organizations", abstract: "List the organizations that certificates can be issued to."
    )

    @OptionGroup var selection: ProviderSelection
    @OptionGroup var options: CommonOptions

    func run() async throws {
        try await Session.open(options) { session in
            try await session.print(
                .organizations, named: selection.provider,
                session.host.listOrganizations(providers: selection.ids, context: session.context)
            )
        }
    }
}
