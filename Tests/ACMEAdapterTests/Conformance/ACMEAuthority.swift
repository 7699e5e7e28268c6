import ACMEAdapter
import AdapterHTTP
import CertConformance
import CertProtocol
import Crypto
import Foundation
import TestSupport

/// Pebble as the conformance kit sees it: a server of its own for each requirement, over real sockets, that issues whatever is
/// asked for to accounts that are bound to an external one.
struct ACMEAuthority {
    private static let externalKey = "ZmFrZS1rZXktb2YtYS10ZXN0LWZha2Uta2V5LW9mLWEtdGVzdC1mYWtlLWtleQ"

    private let pebble: Pebble
    private let account: ACMEAccount
    private let transport: FaultyTransport
    private let factory: FactoryUnderTest
    private let provider: any CertificateProvider

    static func describe() async throws -> AuthorityUnderTest {
        let account = try ACMEAccount()
        var options = Pebble.Options()
        options.isEverythingValid = true
        options.externalAccounts = ["kid-1": externalKey]
        do {
            let pebble = try await Pebble.started(options)
            do {
                return try ACMEAuthority(pebble, account).description()
            } catch {
                await pebble.stop()
                throw error
            }
        } catch {
            await account.close()
            throw error
        }
    }

    private init(_ pebble: Pebble, _ account: ACMEAccount) throws {
        self.pebble = pebble
        self.account = account
        transport = FaultyTransport(account.transport)
        factory = FactoryUnderTest(
            .acme(transport: transport),
            settings: [
                "directory": .serviceURL(try ServiceURL(pebble.directory)), "terms_agreed": .boolean(true),
                "state": .string(account.path("state")), "hook_command": .string("/bin/true"),
                "eab_key_id": .string("kid-1"), "eab_hmac_key": .secret(Secret(Self.externalKey)),
            ],
            context: AdapterContext(
                providerID: "acme-test", retries: 0, network: NetworkOptions(additionalRoots: pebble.tlsRoot))
        )
        provider = try factory.make()
    }

    private func description() throws -> AuthorityUnderTest {
        var authority = try AuthorityUnderTest(factory)
        authority.samples = samples()
        authority.faults = faults()
        authority.clearFaults = { [transport] in transport.set(nil) }
        authority.requestCount = .made { [transport] in transport.requests }
        authority.mutationCount = .made { [transport] in transport.changes }
        authority.voidWithoutAnswer[.issue] = "An order whose URL nobody has learnt can be finalized by nobody."
        authority.secrets = [Self.externalKey]
        authority.logs = .withheld(
            because: "A process has one logging system; this is tried in one of its own (ACMEConformanceTests).")
        authority.close = { [pebble, account] in
            await pebble.stop()
            await account.close()
        }
        return authority
    }

    private func samples() -> Samples {
        var samples = Samples()
        samples.orders = .made { [.order(try await issued().order)] }
        samples.missingOrder = .value(.order("my-order/no-such-order"))
        samples.download = .made { DownloadRequest(orderID: try await issued().order, format: .pem) }
        samples.domainValidations = .made { DomainValidationsRequest(orderID: try await issued().order) }
        samples.issue = .made { try account.request(["www.example.test"]).issue }
        samples.revocations = .made {
            let first = try await issued()
            return [
                RevokeRequest(orderID: first.order, scope: .certificate(first.certificate), reason: .superseded),
                RevokeRequest(orderID: try await issued().order, scope: .wholeOrder, reason: .superseded),
            ]
        }
        samples.revocationByKey = .made {
            let made = try account.request(["www.example.test"])
            let order = try await issued(made.issue).order
            var request = RevokeRequest(orderID: order, scope: .wholeOrder, reason: .keyCompromise)
            request.certificateKey = Secret(made.key.pemRepresentation)
            return request
        }
        return samples
    }

    /// An order whose certificate was issued.
    private func issued(_ request: IssueRequest? = nil) async throws -> (order: String, certificate: String) {
        let receipt = try await provider.issue(
            request ?? account.request(["www.example.test"]).issue,
            context: OperationContext(deadline: .now + .seconds(60), journalKey: UUID().uuidString))
        return (receipt.orderID ?? "", receipt.certificateID ?? "")
    }

    private func faults() -> [AuthorityFault: Supplied<FaultInjection>] {
        var faults: [AuthorityFault: Supplied<FaultInjection>] = [:]
        let injected: [AuthorityFault] = [
            .unavailable, .rateLimited, .wrongCredential, .html, .truncated, .hang, .hangOnChange,
            .lostAnswer, .failureAfterExecution, .failureBeforeExecution, .unknownStatus, .unknownFields,
        ]
        for fault in injected { faults[fault] = .injected { [transport] in transport.set(fault) } }
        faults[.unreachable] = .provider {
            var other = factory
            other.settings["directory"] = .serviceURL(try ServiceURL("https://127.0.0.1:1/dir"))
            return try other.make()
        }
        return faults
    }
}
