import AdapterHTTP
import CASandbox
import CertProtocol
import DigiCertAdapter
import Foundation
import HTTPTransport
import TestSupport
import Testing

/// An account at a sandbox of its own, reached over real sockets, and `openssl` to judge what it issues.
struct LiveAccount {
    let sandbox: CASandbox
    let provider: any CertificateProvider
    let openssl: OpenSSL

    /// Runs a test with an account.
    static func run(_ test: (LiveAccount) async throws -> Void) async throws {
        let sandbox = try await CASandbox.start()
        let transport = AsyncHTTPTransport()
        let openssl = try OpenSSL()
        var values: [String: SettingValue] = [:]
        for (name, value) in sandbox.adapterSettings["digicert"] ?? [:] {
            values[name] = name == "base_url" ? .serviceURL(try ServiceURL(value)) : .secret(Secret(value))
        }
        let provider = try AdapterFactory.digiCert(transport: transport).make(
            SettingsValues(values), AdapterContext(providerID: "digicert-test", retries: 0)
        )
        let result: Result<Void, any Error>
        do {
            result = .success(try await test(LiveAccount(sandbox: sandbox, provider: provider, openssl: openssl)))
        } catch {
            result = .failure(error)
        }
        await transport.shutdown()
        await sandbox.stop()
        openssl.remove()
        try result.get()
    }

    /// What a certificate is to contain, with a request for a key of its own.
    func contents(
        _ names: String..., validity: ValidityPeriod? = nil
    ) throws -> (contents: CertificateContents, key: String) {
        let made = try openssl.signingRequest(names[0])
        let contents = CertificateContents(
            signingRequest: made.request, commonName: names[0], dnsNames: Array(names.dropFirst()), validity: validity
        )
        return (contents, made.key)
    }

    /// An order of a product for these names.
    func issue(
        _ names: String..., product: String = "ssl_plus", organization: String? = "112233", key: String? = nil
    ) async throws -> Receipt {
        let made = try openssl.signingRequest(names[0])
        var request = IssueRequest(
            product: product,
            contents: CertificateContents(
                signingRequest: made.request, commonName: names[0], dnsNames: Array(names.dropFirst())
            )
        )
        request.organizationID = organization
        return try await provider.issue(request, context: OperationContext(journalKey: key))
    }

    func order(_ receipt: Receipt) async throws -> Order {
        try await provider.orderDetail(
            OrderDetailRequest(.order(try #require(receipt.orderID))), context: OperationContext()
        )
    }

    /// The one request of an order that waits for a person.
    func approval(of receipt: Receipt) async throws -> Approval {
        let page = try await provider.listApprovals(ListApprovalsRequest(), context: OperationContext())
        return try #require(page.items.first { $0.orderID == receipt.orderID })
    }

    /// Approves or rejects the request of an order that waits.
    func decide(_ receipt: Receipt, isApproved: Bool = true) async throws {
        let request = DecideApprovalRequest(
            requestID: try await approval(of: receipt).requestID, isApproved: isApproved, comment: "Decided in a test."
        )
        let decided = try await provider.decideApproval(request, context: OperationContext())
        #expect(decided.state == .done)
        #expect(decided.orderID == receipt.orderID)
    }

    /// Checks with `openssl` that a chain leads to the sandbox's root, and that its leaf has the key.
    func verify(_ chain: [String], key: String? = nil) throws {
        #expect(chain.count == 3)
        #expect(chain.allSatisfy { !$0.contains("\r") })
        try openssl.verify(chain, root: sandbox.rootCertificatePEM)
        guard let key else { return }
        #expect(
            try openssl.run(["x509", "-in", openssl.file(chain[0]), "-noout", "-pubkey"])
                == openssl.run(["pkey", "-in", openssl.file(key), "-pubout"])
        )
    }

    /// What `openssl` prints of a certificate.
    func printed(_ certificate: String, _ what: String...) throws -> String {
        try openssl.run(["x509", "-in", openssl.file(certificate), "-noout"] + what)
    }
}
