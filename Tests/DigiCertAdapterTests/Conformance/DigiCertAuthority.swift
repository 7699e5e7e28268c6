import AdapterHTTP
import CASandbox
import CertConformance
import CertProtocol
import DigiCertAdapter
import Foundation
import HTTPTransport
import TestSupport

/// DigiCert as the conformance kit sees it: a sandbox of its own for each requirement, over real sockets.
struct DigiCertAuthority {
    private let sandbox: CASandbox
    private let transport = AsyncHTTPTransport()
    private let openssl: OpenSSL
    private let factory: FactoryUnderTest
    private let provider: any CertificateProvider

    static func describe() async throws -> AuthorityUnderTest {
        try await DigiCertAuthority().description()
    }

    private init() async throws {
        sandbox = try await CASandbox.start(options: SandboxOptions(orders: 12))
        openssl = try OpenSSL()
        let key = sandbox.adapterSettings["digicert"]?["api_key"] ?? ""
        factory = FactoryUnderTest(
            .digiCert(transport: transport, clock: .impatient),
            settings: [
                "api_key": .secret(Secret(key)), "base_url": .serviceURL(try ServiceURL(sandbox.digiCertRoot)),
            ],
            context: AdapterContext(providerID: "digicert-test", retries: 2, limits: [])
        )
        provider = try factory.make()
    }

    private func description() throws -> AuthorityUnderTest {
        let sandbox = sandbox
        let transport = transport
        let openssl = openssl
        var authority = try AuthorityUnderTest(factory)
        authority.samples = samples()
        authority.faults = faults()
        authority.clearFaults = { sandbox.clearFaults() }
        authority.requestCount = .made { sandbox.requestCount }
        authority.mutationCount = .made { sandbox.requests.count { $0.method != "GET" } }
        authority.secrets = [sandbox.adapterSettings["digicert"]?["api_key"] ?? ""]
        authority.logs = .withheld(
            because: "A process has one logging system, so this is tried in a process of its own (DigiCertLogTests).")
        authority.close = {
            await transport.shutdown()
            await sandbox.stop()
            openssl.remove()
        }
        return authority
    }

    // MARK: Samples

    private func samples() -> Samples {
        var samples = Samples()
        samples.orders = .made {
            let order = try await placed("www.example.com").order
            let detail = try await provider.orderDetail(OrderDetailRequest(.order(order)), context: context)
            let certificate = detail.certificates.first
            return [
                .order(order), .serial(certificate?.serialNumber ?? ""), .thumbprint(certificate?.thumbprint ?? ""),
            ]
        }
        samples.missingOrder = .value(.order("999999999"))
        samples.orderWithDuplicates = .value("123456")
        samples.orderWithReissues = .made {
            let order = try await placed("www.example.com").order
            _ = try await provider.reissue(
                ReissueRequest(orderID: order, contents: try await contents("www.example.com")), context: context)
            return order
        }
        samples.download = .made {
            DownloadRequest(orderID: try await placed("www.example.com").order, format: .pem)
        }
        samples.domainValidations = .made {
            DomainValidationsRequest(orderID: try await pending())
        }
        samples.issue = .made { try await issue("www.example.com") }
        samples.renew = .made {
            RenewRequest(orderID: try await placed("www.example.com").order, issue: try await issue("www.example.com"))
        }
        samples.reissue = .made {
            ReissueRequest(
                orderID: try await placed("www.example.com").order, contents: try await contents("www.example.com"))
        }
        samples.duplicate = .made {
            DuplicateRequest(
                orderID: try await placed("www.example.com").order, contents: try await contents("www.example.com"))
        }
        samples.revocations = .made {
            let (order, certificate) = try await placed("www.example.com")
            return [
                RevokeRequest(orderID: order, scope: .certificate(certificate), reason: .superseded),
                RevokeRequest(
                    orderID: try await placed("api.example.com").order, scope: .wholeOrder, reason: .superseded),
            ]
        }
        samples.cancel = .made { CancelRequest(orderID: try await pending(), note: "No longer needed.") }
        samples.domainValidationChange = .made {
            SetDomainValidationMethodRequest(orderID: try await pending(), method: "dns-cname-token")
        }
        samples.approval = .made {
            let order = try await placed("approval.example.com").order
            let page = try await provider.listApprovals(ListApprovalsRequest(), context: context)
            guard let request = page.items.first(where: { $0.orderID == order }) else {
                throw CertificateError(.notFound, "The order waits for nobody.")
            }
            return DecideApprovalRequest(requestID: request.requestID, isApproved: true, comment: "Yes.")
        }
        return samples
    }

    private func contents(_ name: String) async throws -> CertificateContents {
        CertificateContents(signingRequest: try await openssl.signingRequestAside(name).request, commonName: name)
    }

    private func issue(_ name: String, product: String = "ssl_plus") async throws -> IssueRequest {
        var request = IssueRequest(product: product, contents: try await contents(name))
        request.organizationID = "112233"
        return request
    }

    /// An order that was placed, and its certificate.
    private func placed(
        _ name: String, product: String = "ssl_plus"
    ) async throws -> (order: String, certificate: String) {
        let receipt = try await provider.issue(try await issue(name, product: product), context: context)
        return (receipt.orderID ?? "", receipt.certificateID ?? "")
    }

    /// An order that waits for the proof of its domain.
    private func pending() async throws -> String {
        try await placed("shop.sample.kr", product: "ssl_dv_geotrust").order
    }

    // MARK: Faults

    private func faults() -> [AuthorityFault: Supplied<FaultInjection>] {
        let sandbox = sandbox
        func inject(_ fault: SandboxFault, on scope: SandboxFault.Scope = .digiCert) -> Supplied<FaultInjection> {
            .injected { sandbox.inject(fault, on: scope) }
        }
        return [
            .unavailable: inject(.serverError(503)),
            .unreachable: .provider { try provider(at: "http://127.0.0.1:1/services/v2") },
            .rateLimited: inject(.tooManyRequests(retryAfter: .seconds(7))),
            .wrongCredential: .provider { try provider(key: "FAKE-WRONG-KEY-0001") },
            .html: inject(.html),
            .truncated: inject(.truncated),
            .hang: inject(.hang),
            .hangOnChange: inject(.hang, on: .digiCert.mutations),
            .lostAnswer: inject(.lostAnswer, on: .digiCert.mutations),
            .failureAfterExecution: inject(.failureAfterExecution(502), on: .digiCert.mutations),
            .failureBeforeExecution: inject(.serverError(502), on: .digiCert.mutations),
            .unknownStatus: inject(.unknownStatuses),
            .unknownFields: inject(.unknownFields),
            .rowsRemoved: inject(.missingRows(1)),
            .rowsInserted: .injected { _ = try await placed("further.example.com") },
            .repeatedPage: inject(.repeatedPage),
        ]
    }

    private func provider(key: String? = nil, at root: String? = nil) throws -> any CertificateProvider {
        var other = factory
        if let key { other.settings["api_key"] = .secret(Secret(key)) }
        if let root { other.settings["base_url"] = .serviceURL(try ServiceURL(root)) }
        return try other.make()
    }
}
