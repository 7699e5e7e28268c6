import AdapterHTTP
import CASandbox
import CertProtocol
import HTTPTransport
import NCPAdapter
import TestSupport
import Testing

/// A sandbox of a test's own, the real transport to it, and `openssl` as the judge.
struct Sandboxed {
    let sandbox: CASandbox
    let openSSL: OpenSSL
    private let transport = AsyncHTTPTransport()

    /// Runs a test against a sandbox of its own.
    static func run<Result>(_ body: (Sandboxed) async throws -> Result) async throws -> Result {
        let sandboxed = Sandboxed(sandbox: try await CASandbox.start(), openSSL: try OpenSSL())
        defer { sandboxed.openSSL.remove() }
        do {
            let result = try await body(sandboxed)
            await sandboxed.end()
            return result
        } catch {
            await sandboxed.end()
            throw error
        }
    }

    private init(sandbox: CASandbox, openSSL: OpenSSL) {
        self.sandbox = sandbox
        self.openSSL = openSSL
    }

    private func end() async {
        await transport.shutdown()
        await sandbox.stop()
    }

    /// The provider of an account at the sandbox; of its main account where no settings are given.
    func provider(_ settings: [String: String]? = nil) throws -> any CertificateProvider {
        let settings = settings ?? sandbox.adapterSettings["ncp"] ?? [:]
        var values: [String: SettingValue] = [:]
        for (name, text) in settings {
            values[name] =
                switch name {
                case "access_key", "secret_key": .secret(Secret(text))
                case "base_url": .serviceURL(try ServiceURL(text, shape: .origin))
                default: .string(text)
                }
        }
        return try AdapterFactory.ncp(transport: transport)
            .make(SettingsValues(values), AdapterContext(providerID: "ncp", retries: 0))
    }

    /// What a certificate is to contain, with a new key of its own.
    func contents(_ names: String...) throws -> CertificateContents {
        CertificateContents(
            signingRequest: try openSSL.signingRequest(names[0]).request, commonName: names[0],
            dnsNames: Array(names.dropFirst())
        )
    }

    /// A certificate that signs itself, good for 30 days, and its key.
    func selfSigned() throws -> (certificate: String, key: String) {
        let pair = try openSSL.signingRequest("external.example.kr")
        let certificate = try openSSL.run(
            ["x509", "-req", "-days", "30", "-signkey", try openSSL.file(pair.key)], input: pair.request
        )
        let start = try #require(certificate.firstRange(of: "-----BEGIN"))
        return (String(certificate[start.lowerBound...]), pair.key)
    }

    /// Looks at the proofs of an order until they are found, which makes the sandbox issue.
    func prove(_ orderID: String, _ provider: any CertificateProvider) async throws {
        for _ in 0..<2 {
            _ = try await provider.checkDomainValidations(
                DomainValidationsRequest(orderID: orderID), context: OperationContext()
            )
        }
    }

    /// An order of a DV certificate that is issued.
    func issued(
        _ provider: any CertificateProvider, _ names: String = "shop.example.kr", key: String = "the key"
    ) async throws -> (orderID: String, certificateID: String) {
        let request = IssueRequest(product: "NCP_PAID_DV_01", contents: try contents(names))
        let receipt = try await provider.issue(request, context: OperationContext(journalKey: key))
        let orderID = try #require(receipt.orderID)
        try await prove(orderID, provider)
        return (orderID, try #require(receipt.certificateID))
    }
}
