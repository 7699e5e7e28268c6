internal import ArgumentParser
internal import CertProtocol
internal import Host

/// `certhost download`
struct DownloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "download",
        abstract: "Download a certificate with its chain, leaf first.",
        discussion: "To standard output unless --out names a file, which is written whole or not at all."
    )

    @Argument(help: ArgumentHelp("The order, as list prints it.", valueName: "provider/order"))
    var order: RecordReference

    @Option(help: ArgumentHelp("One certificate of the order; by default its current one.", valueName: "id"))
    var certificate: String?

    @Option(help: "pem: the certificate alone; chain: those above it; fullchain: both; p7b: PKCS #7.")
    var formatOut = Choice(DownloadFormat.fullChain)

    @Option(help: ArgumentHelp("The file.", valueName: "file"))
    var out: String?

    @OptionGroup var options: CommonOptions

    func run() async throws {
        let request = DownloadRequest(orderID: order.id, certificateID: certificate, format: formatOut.value)
        try await Session.open(options) { session in
            let console = session.console
            if let out { try CertificateFile(path: out).check() }
            let download = try await session.host.download(request, from: order.provider, context: session.context)
            let text = download.pkcs7PEM.map(PEMBlock.terminated) ?? PEMBlock.joined(download.certificatesPEM)
            if let out {
                try CertificateFile(path: out).write(text)
                console.notice("Written to \(out).")
            }
            if console.format == .table {
                if out == nil { console.output.write(text) }
                return
            }
            let node: JSONNode = [
                "provider": .string(order.provider), "order_id": .string(order.id),
                "certificate_id": .optional(certificate), "format": .string(formatOut.value.rawValue),
                "certificates_pem": .strings(download.certificatesPEM), "pkcs7_pem": .optional(download.pkcs7PEM),
            ]
            if console.format == .csv {
                console.printCSV(node.members.map(\.0))
                console.printCSV(node.members.map { CSV.cell($0.1) })
            } else {
                console.print(["download": node])
            }
        }
    }
}
