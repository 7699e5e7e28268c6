import CASandbox
import CertConformance
import CertProtocol
import Foundation
import TestSupport
import Testing

/// The way of a live run, walked against the sandbox.
@Suite("A live run")
struct LivePathTests {
    private static let all = Conformance("path") { throw LiveRun.Mistake(description: "never opened") }.requirements

    /// Runs a test with a sandbox and a configuration file that names it.
    private static func run(_ test: (CASandbox, [String: String]) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "certhost-live-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let sandbox = try await CASandbox.start(options: SandboxOptions(orders: 12))
        let file = folder.appending(path: "plugins.yaml").path
        try sandbox.pluginsYAML().write(toFile: file, atomically: true, encoding: .utf8)
        let result: Result<Void, any Error>
        do {
            result = .success(try await test(sandbox, ["CERTHOST_LIVE_CONFIG": file]))
        } catch {
            result = .failure(error)
        }
        await sandbox.stop()
        try result.get()
    }

    @Test(
        "reads everything that it can, and sends nothing that changes anything", arguments: ["digicert", "ncp"])
    func readOnly(provider: String) async throws {
        try await Self.run { sandbox, variables in
            let run = LiveRun(
                variables.merging(["CERTHOST_LIVE_PROVIDER": provider, "CERTHOST_LIVE_MISSING_ORDER": "999999999"]) {
                    $1
                })
            #expect(run.obstacle == nil)
            var passed: Set<String> = []
            for requirement in Self.all {
                switch await run.evaluate(requirement.id) {
                case .passed:
                    passed.insert(requirement.id)
                    #expect(requirement.effect == .reads)
                case .failed(let message): Issue.record("[\(requirement.id)] \(message)")
                case .notApplicable(let reason): #expect(!reason.isEmpty)
                }
            }
            #expect(
                passed.isSuperset(of: [
                    "capability.list-certificates", "capability.order-detail", "capability.download",
                    "errors.not-found",
                    "lists.end", "lists.small-pages", "records.identity", "secrecy.dumps", "factory.no-traffic",
                ]))
            // NAVER Cloud's list of organizations is read with a POST.
            let changes = sandbox.requests.filter {
                $0.method != "GET" && !$0.target.hasSuffix("/getOrganizationInfoList")
            }
            #expect(changes == [])
            #expect(sandbox.requestCount > 20)
        }
    }

    @Test("looking for samples changes nothing, at a provider that takes an order on when it is read")
    func samples() async throws {
        let samples = LiveSamples(variables: ["CERTHOST_LIVE_ORDER": "1"], provider: EagerProvider())
        await #expect(throws: CertificateError(.invalidRequest, "")) { try await samples.knownOrders() }
    }

    @Test("orders only where a variable names the requirement, and then once")
    func mutating() async throws {
        let openSSL = try OpenSSL()
        defer { openSSL.remove() }
        let request = try openSSL.file(try openSSL.signingRequest("www.example.com").request)
        try await Self.run { sandbox, variables in
            var variables = variables.merging([
                "CERTHOST_LIVE_PROVIDER": "digicert", "CERTHOST_LIVE_PRODUCT": "ssl_plus",
                "CERTHOST_LIVE_DOMAIN": "www.example.com", "CERTHOST_LIVE_CSR": request,
                "CERTHOST_LIVE_ORGANIZATION": "112233",
            ]) { $1 }
            #expect(await LiveRun(variables).evaluate("capability.issue") == .notApplicable("This run only reads."))
            #expect(sandbox.requestCount == 0)
            variables["CERTHOST_LIVE_MUTATE"] = "capability.issue, mutations.receipt"
            #expect(await LiveRun(variables).evaluate("capability.issue") == .passed(notes: []))
            #expect(sandbox.requests.count { $0.method != "GET" } == 1)
            #expect(await LiveRun(variables).evaluate("capability.cancel") == .notApplicable("This run only reads."))
        }
    }

    @Test("without an account it says which variables are missing, and with a wrong one which providers there are")
    func mistakes() async throws {
        #expect(LiveRun([:]).obstacle?.contains("CERTHOST_LIVE_CONFIG and CERTHOST_LIVE_PROVIDER") == true)
        try await Self.run { _, variables in
            let run = LiveRun(variables.merging(["CERTHOST_LIVE_PROVIDER": "acme"]) { $1 })
            guard case .failed(let message) = await run.evaluate("lists.end") else {
                Issue.record("A provider that isn't there was tried")
                return
            }
            #expect(message.contains("There is no provider acme; the configuration has digicert, ncp."))
        }
    }
}

/// A provider that sends something for an order that is only read.
private struct EagerProvider: CertificateProvider {
    let capabilities = ProviderCapabilities(operations: [.orderDetail], lookups: [.order])

    func orderDetail(
        _ request: OrderDetailRequest, context: OperationContext
    ) async throws(CertificateError) -> Order {
        try await context.beforeSending?(context.deadline)
        return Order(
            provider: "eager", orderID: request.reference.value, status: .issued, providerStatus: nil,
            raw: JSONValue([:]))
    }
}
