import CertConformance
import CertProtocol
import Foundation
import LocalCAAdapter
import TestSupport

/// A local authority as the conformance kit sees it: a folder of its own for each requirement.
struct LocalAuthority {
    private let folder: URL
    private let openssl: OpenSSL
    private let factory: FactoryUnderTest
    private let provider: any CertificateProvider

    static func describe() async throws -> AuthorityUnderTest { try await LocalAuthority().description() }

    private init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "certhost-conformance-\(UUID().uuidString)")
        openssl = try OpenSSL()
        factory = FactoryUnderTest(
            .localCA(clock: .impatient), settings: ["directory": .string(folder.path)],
            context: AdapterContext(providerID: "local-test", retries: 2, limits: []))
        provider = try factory.make()
    }

    private func description() async throws -> AuthorityUnderTest {
        let (folder, openssl) = (folder, openssl)
        for _ in 0..<12 { _ = try await placed() }
        var authority = try AuthorityUnderTest(factory)
        authority.samples = try await samples()
        authority.faults = faults()
        authority.requestCount = .withheld(because: "A folder has no requests to count.")
        authority.mutationCount = .made {
            try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "orders").path).count
        }
        authority.secrets = .withheld(because: "There is no credential, and the private key is in no answer.")
        authority.logs = .withheld(because: "The adapter logs nothing.")
        authority.close = {
            openssl.remove()
            try? FileManager.default.removeItem(at: folder)
        }
        return authority
    }

    // MARK: Samples

    private func samples() async throws -> Samples {
        var samples = Samples()
        let certificate = try await provider.orderDetail(OrderDetailRequest(.order("1")), context: context)
            .certificates[0]
        samples.orders = .value([
            .order("1"), .serial(certificate.serialNumber ?? ""), .thumbprint(certificate.thumbprint ?? ""),
        ])
        samples.missingOrder = .value(.order("999999"))
        samples.download = .value(DownloadRequest(orderID: "1", format: .pem))
        samples.issue = .made { try issue() }
        samples.renew = .made { RenewRequest(orderID: try await placed().order, issue: try issue()) }
        samples.revocations = .made {
            let (order, certificate) = try await placed()
            return [
                RevokeRequest(orderID: order, scope: .certificate(certificate), reason: .superseded),
                RevokeRequest(orderID: try await placed().order, scope: .wholeOrder, reason: .superseded),
            ]
        }
        return samples
    }

    private var context: OperationContext { OperationContext() }

    private func issue() throws -> IssueRequest {
        IssueRequest(
            product: "server",
            contents: CertificateContents(
                signingRequest: try openssl.signingRequest("app.test").request, commonName: "app.test"))
    }

    private func placed() async throws -> (order: String, certificate: String) {
        let receipt = try await provider.issue(try issue(), context: context)
        return (receipt.orderID ?? "", receipt.certificateID ?? "")
    }

    // MARK: Faults

    private func faults() -> [AuthorityFault: Supplied<FaultInjection>] {
        let noServer = Supplied<FaultInjection>.withheld(
            because: "Nothing is sent and nothing answers: it is a folder.")
        let first = folder.appending(path: "orders/1.json")
        func rewriting(_ word: String, _ other: String) -> Supplied<FaultInjection> {
            .injected {
                let text = try String(contentsOf: first, encoding: .utf8)
                try text.replacing(word, with: other).write(to: first, atomically: true, encoding: .utf8)
            }
        }
        return [
            .unavailable: noServer, .unreachable: noServer, .rateLimited: noServer, .html: noServer,
            .truncated: noServer, .hang: noServer, .lostAnswer: noServer, .failureAfterExecution: noServer,
            .failureBeforeExecution: noServer, .repeatedPage: noServer,
            .wrongCredential: .withheld(because: "There is no credential: who may write to the folder may order."),
            .unknownStatus: rewriting(#""status": "issued""#, #""status": "suspended""#),
            .unknownFields: rewriting(#""status""#, #""colour": "blue", "status""#),
            .rowsRemoved: .injected { try FileManager.default.removeItem(at: first) },
            .rowsInserted: .withheld(because: "New orders stand at the end of the list."),
        ]
    }
}
