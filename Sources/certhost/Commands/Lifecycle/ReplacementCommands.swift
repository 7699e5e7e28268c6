internal import ArgumentParser
internal import CertProtocol
internal import Foundation
internal import Host

/// `certhost renew`
struct RenewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew",
        abstract: "Order the successor of an order. Costs money.",
        discussion: """
            Names, product and organization are those of the order unless they are given. While much of a paid order is left, a \
            reissue is the better choice, and the command says so.
            """
    )

    @Argument(help: ArgumentHelp("The order, as list prints it.", valueName: "provider/order"))
    var order: RecordReference

    @Option(help: ArgumentHelp("Another product than the order's.", valueName: "product"))
    var product: String?

    @OptionGroup var request: RequestOptions
    @OptionGroup var paid: PaidOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: CommonOptions

    func run() async throws {
        let replacement = Replacement(operation: .renew, order: order, request: request, change: change)
        try await Session.open(options, journal: change.dryRun ? .reads : .writes) { session in
            try await replacement.place(in: session) { names, prepared, held throws(CertificateError) in
                guard let product = product ?? held?.product ?? replacement.unread("product") else {
                    throw CertificateError(.invalidRequest, "The order names no product; give it with --product.")
                }
                var issue = IssueRequest(
                    product: product, contents: try replacement.placing.contents(names, prepared)
                )
                issue.organizationID = held?.organizationID(
                    adapter: try session.host.provider(order.provider).configuration.adapter)
                paid.fill(&issue)
                let renewal = RenewRequest(orderID: order.id, issue: issue)
                return Change(.renew(renewal), at: order.provider, weight: .costsMoney) {
                    host, ordering, context throws(CertificateError) in
                    try await host.renew(renewal, at: order.provider, options: ordering, context: context)
                }
            }
        }
    }
}

/// `certhost reissue`
struct ReissueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reissue",
        abstract: "Have the certificate of a paid order made anew.",
        discussion: """
            For another key, other names, or a longer certificate within the time that is paid. Names are those of the order \
            unless they are given; further ones may cost money. The earlier certificate may be revoked by the authority.
            """
    )

    @Argument(help: ArgumentHelp("The order, as list prints it.", valueName: "provider/order"))
    var order: RecordReference

    @OptionGroup var request: RequestOptions

    @Option(
        help: ArgumentHelp(
            "How the control of the domains is to be proven, in the authority's word.", valueName: "method"
        )
    )
    var validationMethod: String?

    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: CommonOptions

    func run() async throws {
        let replacement = Replacement(operation: .reissue, order: order, request: request, change: change)
        try await Session.open(options, journal: change.dryRun ? .reads : .writes) { session in
            try await replacement.place(in: session) { names, prepared, _ throws(CertificateError) in
                var reissue = ReissueRequest(
                    orderID: order.id, contents: try replacement.placing.contents(names, prepared)
                )
                reissue.validationMethod = validationMethod
                let final = reissue
                return Change(.reissue(final), at: order.provider, weight: .costsMoney) {
                    host, ordering, context throws(CertificateError) in
                    try await host.reissue(final, at: order.provider, options: ordering, context: context)
                }
            }
        }
    }
}

/// `certhost duplicate`
struct DuplicateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicate",
        abstract: "Have a further certificate made within a paid order.",
        discussion: """
            For another server with a key of its own; the order's certificate stays as it is. Names are those of the order \
            unless they are given; further ones may cost money.
            """
    )

    @Argument(help: ArgumentHelp("The order, as list prints it.", valueName: "provider/order"))
    var order: RecordReference

    @OptionGroup var request: RequestOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: CommonOptions

    func run() async throws {
        let replacement = Replacement(operation: .duplicate, order: order, request: request, change: change)
        try await Session.open(options, journal: change.dryRun ? .reads : .writes) { session in
            try await replacement.place(in: session) { names, prepared, _ throws(CertificateError) in
                let duplicate = DuplicateRequest(
                    orderID: order.id, contents: try replacement.placing.contents(names, prepared)
                )
                return Change(.duplicate(duplicate), at: order.provider, weight: .costsMoney) {
                    host, ordering, context throws(CertificateError) in
                    try await host.duplicate(duplicate, at: order.provider, options: ordering, context: context)
                }
            }
        }
    }
}
