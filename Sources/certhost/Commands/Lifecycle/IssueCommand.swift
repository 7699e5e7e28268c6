internal import ArgumentParser
internal import CertProtocol
internal import Host

/// `certhost issue`
struct IssueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "Order a new certificate. Costs money.",
        discussion: """
            Without --provider the routes of the configuration decide; the next target of a route is tried only where it is \
            proven that nothing was ordered. What will be ordered is shown, and asked for on a terminal.

            Products whose key the authority makes itself, such as CLOUD_BASIC, take neither --csr nor --generate-key.

            The order is in the journal before it is sent, and is never sent twice. Where the answer is lost, the exit status \
            is 4, and certhost journal reconcile KEY finds out what came of it.

            A sandbox that is embedded by the configuration forgets its orders when the command ends; to try the whole way, \
            run certhost sandbox in another terminal.
            """
    )

    @Option(help: ArgumentHelp("Where to order, by the provider's id.", valueName: "id"))
    var provider: String?

    @Option(help: ArgumentHelp("The product, as certhost products shows it.", valueName: "product"))
    var product: String

    @OptionGroup var request: RequestOptions
    @OptionGroup var paid: PaidOptions

    @Option(help: ArgumentHelp("What is to be validated, for the routes: dv, ov, ev.", valueName: "validation"))
    var validation: String?

    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: CommonOptions

    func validate() throws {
        if request.domain.isEmpty { throw ValidationError("Name the certificate's domains with --domain.") }
    }

    func run() async throws {
        let order = CertificateOrder(request: request, change: change)
        try await Session.open(options, journal: change.dryRun ? .reads : .writes) { session in
            let earlier = try await order.check(in: session)
            let names = try order.names()
            let isMadeByAuthority = session.host.providers.contains {
                $0.isEnabled && $0.id == provider ?? $0.id && $0.capabilities.productsWithoutRequest.contains(product)
            }
            let prepared = try order.prepared(
                names, earlier: earlier, withoutRequest: isMadeByAuthority ? "made by the authority" : nil)
            var issue = IssueRequest(product: product, contents: try order.contents(names, prepared))
            paid.fill(&issue)
            let final = issue
            var call = Change(.issue(final), at: provider, weight: .costsMoney) {
                host, ordering, context throws(CertificateError) in
                try await host.issue(final, provider: provider, options: ordering, context: context)
            }
            call.validation = validation
            call.key = prepared.key
            call.prepare = prepared.writeKey
            try await order.place(call, in: session)
        }
    }
}

/// What a paid order says besides the certificate's contents.
struct PaidOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The organization, as certhost organizations shows it.", valueName: "id"))
    var organization: String?

    @Option(
        help: ArgumentHelp(
            "The period that is paid for, such as 1y; a certificate may be shorter.", valueName: "period"
        )
    )
    var validity: Period?

    @Option(
        help: ArgumentHelp(
            "How the control of the domains is to be proven, in the authority's word.", valueName: "method"
        )
    )
    var validationMethod: String?

    /// Puts what was said into a request.
    func fill(_ request: inout IssueRequest) {
        request.organizationID = organization ?? request.organizationID
        request.orderValidity = validity?.validity ?? request.orderValidity
        request.validationMethod = validationMethod
    }
}
