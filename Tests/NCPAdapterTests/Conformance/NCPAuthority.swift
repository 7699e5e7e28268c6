import AdapterHTTP
import CASandbox
import CertConformance
import CertProtocol
import Foundation
import HTTPTransport
import NCPAdapter
import TestSupport

/// NAVER Cloud as the conformance kit sees it: a sandbox of its own for each requirement, over real sockets.
struct NCPAuthority {
    /// The zones and versions of the API that differ in what they offer.
    enum Variant: String, CaseIterable, Sendable {
        case publicV2 = "ncp (public, v2)"
        case publicV1 = "ncp (public, v1)"
        case financial = "ncp (fin)"
        case government = "ncp (gov)"
    }

    let variant: Variant
    let sandbox: CASandbox
    let provider: any CertificateProvider
    let openssl: OpenSSL
    private let transport = AsyncHTTPTransport()
    private let settings: [String: String]
    private let factory: FactoryUnderTest

    static func describe(_ variant: Variant) async throws -> AuthorityUnderTest {
        try await NCPAuthority(variant).description()
    }

    private init(_ variant: Variant) async throws {
        self.variant = variant
        sandbox = try await CASandbox.start(options: SandboxOptions(orders: 12))
        openssl = try OpenSSL()
        settings =
            switch variant {
            case .publicV2: sandbox.adapterSettings["ncp"] ?? [:]
            case .publicV1: (sandbox.adapterSettings["ncp"] ?? [:]).merging(["api": "v1"]) { $1 }
            case .financial: sandbox.ncpFinancialSettings
            case .government: sandbox.ncpGovernmentSettings
            }
        factory = FactoryUnderTest(
            .ncp(transport: transport, clock: .impatient), settings: try Self.values(settings),
            context: AdapterContext(providerID: "ncp-test", retries: 2, limits: [])
        )
        provider = try factory.make()
    }

    private static func values(_ settings: [String: String]) throws -> [String: SettingValue] {
        var values: [String: SettingValue] = [:]
        for (name, text) in settings {
            values[name] =
                switch name {
                case "access_key", "secret_key": .secret(Secret(text))
                case "base_url": .serviceURL(try ServiceURL(text, shape: .origin))
                default: .string(text)
                }
        }
        return values
    }

    private func description() throws -> AuthorityUnderTest {
        let (sandbox, transport, openssl) = (sandbox, transport, openssl)
        var authority = try AuthorityUnderTest(factory)
        authority.samples = samples()
        authority.faults = faults()
        authority.clearFaults = { sandbox.clearFaults() }
        authority.requestCount = .made { sandbox.requestCount }
        // The organizations are read with a POST.
        authority.mutationCount = .made {
            sandbox.requests.count { $0.method != "GET" && !$0.target.hasSuffix("/getOrganizationInfoList") }
        }
        authority.secrets = .value([settings["access_key"] ?? "", settings["secret_key"] ?? ""])
        authority.logs = .withheld(
            because: "A process has one logging system, so this is tried in a process of its own (NCPLogTests).")
        authority.close = {
            await transport.shutdown()
            await sandbox.stop()
            openssl.remove()
        }
        return authority
    }

    private func faults() -> [AuthorityFault: Supplied<FaultInjection>] {
        let sandbox = sandbox
        func inject(_ fault: SandboxFault, on scope: SandboxFault.Scope = .ncp) -> Supplied<FaultInjection> {
            .injected { sandbox.inject(fault, on: scope) }
        }
        return [
            .unavailable: inject(.serverError(503)),
            .unreachable: .provider { try provider(["base_url": "http://127.0.0.1:1"]) },
            .rateLimited: inject(.tooManyRequests(retryAfter: .seconds(7))),
            .wrongCredential: .provider { try provider(["secret_key": "FAKE/Wrong+Secret=0001"]) },
            .html: inject(.html),
            .truncated: inject(.truncated),
            .hang: inject(.hang),
            .hangOnChange: inject(.hang, on: .ncp.mutations),
            .lostAnswer: inject(.lostAnswer, on: .ncp.mutations),
            .failureAfterExecution: inject(.failureAfterExecution(502), on: .ncp.mutations),
            .failureBeforeExecution: inject(.serverError(502), on: .ncp.mutations),
            .unknownStatus: inject(.unknownStatuses),
            .unknownFields: inject(.unknownFields),
            .rowsRemoved: inject(.missingRows(1)),
            .rowsInserted: .injected { _ = try await issued("further.example.kr") },
            .repeatedPage: inject(.repeatedPage),
        ]
    }

    private func provider(_ changes: [String: String]) throws -> any CertificateProvider {
        var other = factory
        other.settings = try Self.values(settings.merging(changes) { $1 })
        return try other.make()
    }
}
