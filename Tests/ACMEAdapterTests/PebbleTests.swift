import ACMEAdapter
import AdapterHTTP
import CertProtocol
import Crypto
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// The whole way against a server that nobody here wrote, over real sockets and TLS.
@Suite("ACME against Pebble", .enabled(if: Pebble.isInstalled, Comment(rawValue: Pebble.absence)))
struct PebbleTests {
    private let context = OperationContext(deadline: .now + .seconds(120), journalKey: "a-key")

    @Test("http-01 by a web server's folder: a certificate, its chain, its order, and nothing left behind")
    func webFolder() async throws {
        try await ACMEAccount.with { account in
            let root = account.path("www")
            try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
            let web = try LoopbackServer { request, _ in
                let path = request.split(separator: " ").dropFirst().first.map(String.init) ?? "/"
                guard let content = try? String(contentsOfFile: root + path, encoding: .utf8) else {
                    return .write(LoopbackServer.answer("404 Not Found"))
                }
                return .write(LoopbackServer.answer("200 OK", content, headers: "Content-Type: text/plain\r\n"))
            }
            defer { web.stop() }
            var options = Pebble.Options()
            options.httpPort = web.port
            try await Pebble.with(options) { pebble in
                let provider = try account.provider(pebble, ["http_directory": .string(root)])
                let request = try account.request(["one.example.test", "two.example.test"])
                let receipt = try await provider.issue(request.issue, context: context)
                #expect(receipt.state == .issued && receipt.awaiting.isEmpty && receipt.journalKey == "a-key")
                let chain = receipt.certificatesPEM
                try account.openSSL.verify(chain, root: try await pebble.root(through: account.transport))
                #expect(try account.names(chain[0]).contains("DNS:one.example.test, DNS:two.example.test"))
                #expect(web.received.count >= 2, "the server has looked for both")
                let left = try FileManager.default.contentsOfDirectory(atPath: root + "/.well-known/acme-challenge")
                #expect(left.isEmpty)

                let orderID = try #require(receipt.orderID)
                let order = try await provider.orderDetail(OrderDetailRequest(.order(orderID)), context: context)
                #expect(order.status == .issued && order.providerStatus == "valid" && order.product == "dv")
                #expect(order.certificates.map(\.certificateID) == [receipt.certificateID])
                #expect(
                    ACME.Order(order.raw)?.identifiers.map(\.value).sorted() == [
                        "one.example.test", "two.example.test",
                    ])
                for (format, count) in [(DownloadFormat.pem, 1), (.chain, chain.count - 1), (.fullChain, chain.count)] {
                    let download = try await provider.download(
                        DownloadRequest(orderID: orderID, format: format), context: context)
                    #expect(download.certificatesPEM.count == count, "\(format)")
                }
                try expectPrivate(account.path("state"))
            }
        }
    }

    /// Folders are their owner's alone, and so are files.
    private func expectPrivate(_ folder: String) throws {
        let paths = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }
        #expect(paths.contains { $0.hasSuffix("account.pem") } && paths.contains { $0.hasSuffix("key-a-key.json") })
        for path in paths {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + path)
            let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
            #expect(attributes[.posixPermissions] as? Int == (isFolder ? 0o700 : 0o600), "\(path)")
        }
    }

    @Test("http-01 by a program, and dns-01 for a wildcard beside its own name; each is taken away again")
    func program() async throws {
        try await ACMEAccount.with { account in
            try await Pebble.with { pebble in
                let provider = try account.provider(pebble, ["hook_command": try account.hook(pebble)])
                let first = try await provider.issue(
                    account.request(["hook.example.test"]).issue, context: context)
                #expect(first.state == .issued)
                #expect(
                    account.hookRuns.map { Array($0.prefix(3)) } == [
                        ["present", "hook.example.test", "http-01"], ["cleanup", "hook.example.test", "http-01"],
                    ])

                var second = context
                second.journalKey = "another/key"
                let names = ["*.wild.example.test", "other.example.test"]
                let receipt = try await provider.issue(account.request(names, method: "dns-01").issue, context: second)
                #expect(receipt.state == .issued)
                try account.openSSL.verify(
                    receipt.certificatesPEM, root: try await pebble.root(through: account.transport))
                #expect(try account.names(receipt.certificatesPEM[0]).contains("DNS:*.wild.example.test"))
                let runs = account.hookRuns.dropFirst(2)
                #expect(
                    Set(runs.map { $0[3] }) == [
                        "_acme-challenge.wild.example.test", "_acme-challenge.other.example.test",
                    ])
                #expect(runs.filter { $0[0] == "present" }.count == 2 && runs.filter { $0[0] == "cleanup" }.count == 2)
            }
        }
    }

    /// Counts the answers that refuse a nonce.
    private struct NonceCounter: ClientTransport {
        let transport: any ClientTransport
        let refused = Counter()

        init(_ transport: any ClientTransport) { self.transport = transport }

        func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
            let response = try await transport.send(request)
            if String(decoding: response.body, as: UTF8.self).contains("badNonce") { refused.count() }
            return response
        }
    }

    private final class Counter: Sendable {
        private let number = Locked(0)
        func count() { number.withLock { $0 += 1 } }
        func withLock<Result: Sendable>(_ body: (Int) -> Result) -> Result { number.withLock { body($0) } }
    }

    @Test("half of all nonces refused: every order is issued all the same")
    func refusedNonces() async throws {
        var options = Pebble.Options()
        options.refusedNonces = 50
        try await ACMEAccount.with { account in
            try await Pebble.with(options) { pebble in
                let counting = NonceCounter(account.transport)
                let provider = try account.provider(
                    pebble, ["hook_command": try account.hook(pebble)], through: counting)
                for number in 0..<3 {
                    var context = context
                    context.journalKey = "key-\(number)"
                    let receipt = try await provider.issue(
                        account.request(["n\(number).example.test"]).issue, context: context)
                    #expect(receipt.state == .issued)
                }
                #expect(counting.refused.withLock(\.self) > 0, "the server has refused some")
            }
        }
    }

    @Test("an external account: without one it is said what to set, with a wrong one nothing is issued, with it all is")
    func externalAccount() async throws {
        let secret = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W"
        var options = Pebble.Options()
        options.externalAccounts = ["kid-1": secret]
        try await ACMEAccount.with { account in
            try await Pebble.with(options) { pebble in
                let hook = try account.hook(pebble)
                let order = try account.request(["eab.example.test"]).issue
                let without = try account.provider(pebble, ["hook_command": hook])
                let missing = try await certificateError { try await without.issue(order, context: context) }
                #expect(missing.code == .invalidConfiguration)
                #expect(missing.message.contains("eab_key_id and eab_hmac_key"))
                let health = try await certificateError {
                    try await without.checkHealth(HealthCheckRequest(), context: context)
                }
                #expect(health.code == .invalidConfiguration)

                let wrong = try account.provider(
                    pebble,
                    [
                        "hook_command": hook, "eab_key_id": .string("kid-1"),
                        "eab_hmac_key": .secret(Secret("ZmFrZS1mYWtlLWZha2UtZmFrZS1mYWtlLWZha2U")),
                    ], state: "wrong")
                let refused = try await certificateError { try await wrong.issue(order, context: context) }
                #expect(refused.code != .outcomeUnknown && refused.receipt == nil && refused.providerCode != nil)

                let right = try account.provider(
                    pebble,
                    [
                        "hook_command": hook, "eab_key_id": .string("kid-1"), "eab_hmac_key": .secret(Secret(secret)),
                    ])
                try await right.checkHealth(HealthCheckRequest(), context: context)
                #expect(try await right.issue(order, context: context).state == .issued)
                // Another external account is another account, though the state is the same.
                let other = try await certificateError {
                    try await without.checkHealth(HealthCheckRequest(), context: context)
                }
                #expect(other.code == .invalidConfiguration)
            }
        }
    }

    @Test("of several chains the preferred one is taken, and the server's own where there is no such")
    func alternateChains() async throws {
        var options = Pebble.Options()
        options.alternateRoots = 2
        try await ACMEAccount.with { account in
            try await Pebble.with(options) { pebble in
                let hook = try account.hook(pebble)
                var roots: [(pem: String, name: String)] = []
                for number in 0...2 {
                    let pem = try await pebble.root(number, through: account.transport)
                    let subject = try account.openSSL.run(
                        ["x509", "-noout", "-subject", "-nameopt", "RFC2253"], input: pem)
                    let name = subject.split(separator: "=").last.map { $0.filter { !$0.isNewline } } ?? ""
                    roots.append((pem, name))
                }
                #expect(Set(roots.map(\.name)).count == 3)
                for (number, root) in roots.enumerated() {
                    let provider = try account.provider(
                        pebble, ["hook_command": hook, "preferred_chain": .string(root.name)])
                    var context = context
                    context.journalKey = "chain-\(number)"
                    let receipt = try await provider.issue(
                        account.request(["c\(number).example.test"]).issue, context: context)
                    try account.openSSL.verify(receipt.certificatesPEM, root: root.pem)
                }
                let other = try account.provider(
                    pebble, ["hook_command": hook, "preferred_chain": .string("No Such Root")])
                let receipt = try await other.issue(account.request(["d.example.test"]).issue, context: context)
                try account.openSSL.verify(receipt.certificatesPEM, root: roots[0].pem)
            }
        }
    }

    @Test("a server that has lost its accounts gets the account anew; its orders are gone")
    func serverRestart() async throws {
        try await ACMEAccount.with { account in
            try await Pebble.with { pebble in
                let provider = try account.provider(pebble, ["hook_command": try account.hook(pebble)])
                let before = try await provider.issue(account.request(["r1.example.test"]).issue, context: context)
                try await pebble.restart()
                var again = context
                again.journalKey = "after"
                let receipt = try await provider.issue(account.request(["r2.example.test"]).issue, context: again)
                #expect(receipt.state == .issued)
                try account.openSSL.verify(
                    receipt.certificatesPEM, root: try await pebble.root(through: account.transport))
                let orderID = try #require(before.orderID)
                let error = try await certificateError {
                    try await provider.orderDetail(OrderDetailRequest(.order(orderID)), context: context)
                }
                #expect(error.code == .notFound)
                let found = try await provider.findOrder(
                    FindOrderRequest(operation: .issue, journalKey: "a-key", sentAt: .now), context: context)
                guard case .cannotTell = found else {
                    Issue.record("an order that the server has forgotten may have been issued")
                    return
                }
            }
        }
    }

    @Test("what isn't agreed to is asked for, with the place to read it")
    func terms() async throws {
        try await ACMEAccount.with { account in
            try await Pebble.with { pebble in
                let provider = try account.provider(pebble, ["terms_agreed": .boolean(false)])
                let order = try account.request(["t.example.test"]).issue
                let error = try await certificateError { try await provider.issue(order, context: context) }
                #expect(error.code == .invalidConfiguration)
                #expect(error.message.contains("data:text/plain") && error.message.contains("terms_agreed: true"))
                #expect(!FileManager.default.fileExists(atPath: account.path("state") + "/orders"))
            }
        }
    }

    /// Notes the accounts that a server has made or found.
    private final class AccountRecorder: ClientTransport {
        private let transport: any ClientTransport
        private let found = Locked<Set<String>>([])
        var accounts: Set<String> { found.withLock(\.self) }

        init(_ transport: any ClientTransport) { self.transport = transport }

        func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
            let response = try await transport.send(request)
            if request.head.path == "/sign-me-up", let account = response.head.headerFields[.location] {
                found.withLock { _ = $0.insert(account) }
            }
            return response
        }
    }

    @Test("providers that start at once, as processes do, end with one account")
    func startAtOnce() async throws {
        try await ACMEAccount.with { account in
            try await Pebble.with { pebble in
                let recorder = AccountRecorder(account.transport)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<4 {
                        let provider = try account.provider(pebble, through: recorder)
                        let order = try account.request(["s\(number).example.test"]).issue
                        var context = context
                        context.journalKey = "start-\(number)"
                        group.addTask { [context] in _ = try await provider.issue(order, context: context) }
                    }
                    try await group.waitForAll()
                }
                #expect(recorder.accounts.count == 1, "\(recorder.accounts)")
            }
        }
    }
}
