internal import ArgumentParser
internal import CertProtocol
internal import Host
internal import IssuanceVerification

/// `certhost import`
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Register a certificate that another authority issued, with its key.",
        discussion: "The key goes to the provider that is named, and nowhere else; the journal never holds it."
    )

    @Option(help: ArgumentHelp("Where, by the provider's id.", valueName: "id"))
    var provider: String

    @Option(help: ArgumentHelp("The name that the certificate gets there.", valueName: "name"))
    var name: String

    @Option(help: ArgumentHelp("The certificate, PEM.", valueName: "file"))
    var certificate: String

    @Option(help: ArgumentHelp("Its private key, PEM, unencrypted.", valueName: "file"))
    var key: String

    @Option(help: ArgumentHelp("The certificates above it, PEM.", valueName: "file"))
    var chain: String?

    @OptionGroup var again: AgainOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: CommonOptions

    func run() async throws {
        try await Session.open(options, journal: change.dryRun ? .reads : .writes) { session in
            let request = ImportCertificateRequest(
                name: name,
                certificatePEM: try TextFile.read(certificate, as: "certificate", limit: SigningRequest.sizeLimit),
                privateKey: try PrivateKeyFile.read(key),
                chainPEM: try chain.map { path throws(CertificateError) in
                    try TextFile.read(path, as: "chain", limit: 4 * SigningRequest.sizeLimit)
                }
            )
            let call = Change(.import(JournaledImport(request)), at: provider, weight: .light) {
                host, ordering, context throws(CertificateError) in
                try await host.importCertificate(request, at: provider, options: ordering, context: context)
            }
            try await session.carryOut(call, change, insists: again.again)
        }
    }
}

/// `certhost auto-renewal`
struct AutoRenewalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auto-renewal",
        abstract: "Switch the automatic renewal of a certificate on or off.",
        discussion: "While it is on, the authority renews the certificate by itself."
    )

    /// Which way.
    enum Switch: String, CaseIterable, ExpressibleByArgument, Sendable {
        case on, off
    }

    @Argument(help: ArgumentHelp("on or off.", valueName: "on|off"))
    var state: Switch

    @Argument(help: ArgumentHelp("The certificate, by its id.", valueName: "provider/certificate"))
    var certificate: RecordReference

    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: CommonOptions

    func run() async throws {
        let request = SetAutoRenewalRequest(certificateID: certificate.id, isOn: state == .on)
        try await Session.open(options, journal: change.dryRun ? .reads : .writes) { session in
            let call = Change(.autoRenewal(request), at: certificate.provider, weight: .light) {
                host, ordering, context throws(CertificateError) in
                try await host.setAutoRenewal(request, at: certificate.provider, options: ordering, context: context)
            }
            try await session.carryOut(call, change)
        }
    }
}

/// `certhost extend`
struct ExtendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extend", abstract: "Extend the paid period of an order. Costs money."
    )

    @Argument(help: ArgumentHelp("The order, as list prints it.", valueName: "provider/order"))
    var order: RecordReference

    @Option(help: ArgumentHelp("By how much, such as 1y.", valueName: "period"))
    var validity: Period

    @OptionGroup var again: AgainOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: CommonOptions

    func run() async throws {
        let request = ExtendRequest(orderID: order.id, period: validity.validity)
        try await Session.open(options, journal: change.dryRun ? .reads : .writes) { session in
            let call = Change(.extend(request), at: order.provider, weight: .costsMoney) {
                host, ordering, context throws(CertificateError) in
                try await host.extend(request, at: order.provider, options: ordering, context: context)
            }
            try await session.carryOut(call, change, insists: again.again)
        }
    }
}
