internal import ArgumentParser
internal import CertProtocol
internal import Host

/// `certhost revoke`
struct RevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke one certificate, or every certificate of an order. Can't be undone.",
        discussion: """
            What is revoked has to be said: nothing is revoked by default. A reason that the authority doesn't offer is \
            refused before anything is sent, never replaced by another.
            """
    )

    @Argument(help: ArgumentHelp("The order, as list prints it.", valueName: "provider/order"))
    var order: RecordReference

    @Option(help: ArgumentHelp("Revoke this certificate of the order, and no other.", valueName: "id"))
    var certificate: String?

    @Flag(help: "Revoke every certificate of the order, duplicates and reissues included.")
    var wholeOrder = false

    @Option(help: "Why.")
    var reason: Choice<RevocationReason>

    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: CommonOptions

    func validate() throws {
        guard (certificate == nil) == wholeOrder else {
            throw ValidationError("Say what is revoked: either --certificate ID or --whole-order.")
        }
    }

    func run() async throws {
        let request = RevokeRequest(
            orderID: order.id, scope: certificate.map(RevocationScope.certificate) ?? .wholeOrder, reason: reason.value
        )
        try await Session.open(options, journal: change.dryRun ? .reads : .writes) { session in
            let call = Change(.revoke(request), at: order.provider, weight: .isFinal) {
                host, ordering, context throws(CertificateError) in
                try await host.revoke(request, at: order.provider, options: ordering, context: context)
            }
            try await session.carryOut(call, change)
        }
    }
}

/// `certhost cancel`
struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Cancel an order, or a reissue, that is still pending. Can't be undone."
    )

    @Argument(help: ArgumentHelp("The order, as list prints it.", valueName: "provider/order"))
    var order: RecordReference

    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: CommonOptions

    func run() async throws {
        let request = CancelRequest(orderID: order.id)
        try await Session.open(options, journal: change.dryRun ? .reads : .writes) { session in
            let call = Change(.cancel(request), at: order.provider, weight: .isFinal) {
                host, ordering, context throws(CertificateError) in
                try await host.cancel(request, at: order.provider, options: ordering, context: context)
            }
            try await session.carryOut(call, change)
        }
    }
}

/// `certhost delete`
struct DeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete a certificate from the account. Can't be undone.",
        discussion: "It is not revoked by that: whoever has its key can go on using it."
    )

    @Argument(help: ArgumentHelp("The certificate, by its id.", valueName: "provider/certificate"))
    var certificate: RecordReference

    @Option(help: ArgumentHelp("Its name, where the authority wants both to match.", valueName: "name"))
    var name: String?

    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: CommonOptions

    func run() async throws {
        let request = DeleteCertificateRequest(certificateID: certificate.id, name: name)
        try await Session.open(options, journal: change.dryRun ? .reads : .writes) { session in
            let call = Change(.delete(request), at: certificate.provider, weight: .isFinal) {
                host, ordering, context throws(CertificateError) in
                try await host.deleteCertificate(
                    request, at: certificate.provider, options: ordering, context: context)
            }
            try await session.carryOut(call, change)
        }
    }
}
