internal import ArgumentParser
internal import CertProtocol
internal import Host
internal import IssuanceVerification

/// `certhost revoke`
struct RevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke one certificate, or every certificate of an order. Can't be undone.",
        discussion: """
            What is revoked has to be said: nothing is revoked by default. A reason that the authority doesn't offer is \
            refused before anything is sent, never replaced by another.

            At an authority that takes it, such as one that speaks ACME, --key revokes as the holder of the certificate's key, \
            which needs no right to the order. With --certificate-file that very certificate is revoked, and the order is what \
            the journal notes.
            """
    )

    @Argument(help: ArgumentHelp("The order, as list prints it.", valueName: "provider/order"))
    var order: RecordReference

    @Option(help: ArgumentHelp("Revoke this certificate of the order, and no other.", valueName: "id"))
    var certificate: String?

    @Flag(help: "Revoke every certificate of the order, duplicates and reissues included.")
    var wholeOrder = false

    @Option(help: ArgumentHelp("Revoke with the certificate's own key, PEM.", valueName: "file"))
    var key: String?

    @Option(
        help: ArgumentHelp(
            "Revoke this certificate, PEM, where the authority doesn't hand it out by the order.", valueName: "file"
        )
    )
    var certificateFile: String?

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
        let scope = certificate.map(RevocationScope.certificate) ?? .wholeOrder
        let draft = RevokeRequest(orderID: order.id, scope: scope, reason: reason.value)
        try await Session.open(options, journal: change.dryRun ? .reads : .writes) { session in
            var request = draft
            request.certificateKey = try key.map { try PrivateKeyFile.read($0) }
            request.certificatePEM = try certificateFile.map {
                try TextFile.read($0, as: "certificate", limit: SigningRequest.sizeLimit)
            }
            let final = request
            var call = Change(.revoke(final), at: order.provider, weight: .isFinal) {
                host, ordering, context throws(CertificateError) in
                try await host.revoke(final, at: order.provider, options: ordering, context: context)
            }
            if let key { call.remarks = ["The certificate's own key signs (\(key)), not the account's."] }
            if let certificateFile {
                call.remarks.append("What is revoked is the certificate in \(certificateFile), whatever the order has.")
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
