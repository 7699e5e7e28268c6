import ACMEAdapter
import AdapterHTTP
import CertProtocol
import Crypto
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// Orders that wait for a person, that are interrupted, and that fail.
@Suite("Pending ACME orders at Pebble", .enabled(if: Pebble.isInstalled, Comment(rawValue: Pebble.absence)))
struct PendingOrderTests {
    private let context = OperationContext(deadline: .now + .seconds(120), journalKey: "a-key")

    @Test("without anything that publishes, a person does, and another process goes on to the certificate")
    func byHand() async throws {
        try await ACMEAccount.with { account in
            try await Pebble.with { pebble in
                let names = ["*.hand.example.test", "hand.example.test"]
                let receipt = try await account.provider(pebble).issue(account.request(names).issue, context: context)
                #expect(receipt.state == .pending && receipt.awaiting == [.domainValidation])
                let orderID = try #require(receipt.orderID)

                let other = try account.provider(pebble)
                let order = try await other.orderDetail(OrderDetailRequest(.order(orderID)), context: context)
                #expect(order.status == .pending)
                let shown = try await other.showDomainValidations(.init(orderID: orderID), context: context)
                #expect(Set(shown.map(\.domain)) == Set(names) && shown.allSatisfy { $0.status == "pending" })
                for validation in shown {
                    let name = try #require(validation.recordName)
                    let value = try #require(validation.recordValue)
                    if validation.recordType == "TXT" {
                        #expect(name == "_acme-challenge.hand.example.test")
                        try await pebble.tell(
                            "/set-txt", #"{"host":"\#(name).","value":"\#(value)"}"#, through: account.transport)
                    } else {
                        #expect(name.hasPrefix("http://hand.example.test/.well-known/acme-challenge/"))
                        let token = try #require(name.split(separator: "/").last)
                        try await pebble.tell(
                            "/add-http01", #"{"token":"\#(token)","content":"\#(value)"}"#, through: account.transport)
                    }
                }
                let checked = try await other.checkDomainValidations(.init(orderID: orderID), context: context)
                #expect(checked.allSatisfy { $0.status == "valid" && $0.recordValue == nil })
                #expect(try await follow(orderID, try account.provider(pebble)).status == .issued)
                let found = try await other.findOrder(
                    FindOrderRequest(operation: .issue, journalKey: "a-key", sentAt: .now), context: context)
                guard case .found(let foundOrder) = found else {
                    Issue.record("the order is known by its key")
                    return
                }
                #expect(foundOrder.orderID == orderID)
                let chain = try await other.download(
                    DownloadRequest(orderID: orderID, format: .fullChain), context: context
                ).certificatesPEM
                try account.openSSL.verify(chain, root: try await pebble.root(through: account.transport))
            }
        }
    }

    @Test("a proof that isn't there ends the order, and the error says for which name and why")
    func failedProof() async throws {
        try await ACMEAccount.with { account in
            try await Pebble.with { pebble in
                let provider = try account.provider(pebble)
                let receipt = try await provider.issue(
                    account.request(["missing.example.test"]).issue, context: context)
                let orderID = try #require(receipt.orderID)
                let error = try await certificateError {
                    try await provider.checkDomainValidations(.init(orderID: orderID), context: context)
                }
                #expect(error.code == .rejected && error.message.contains("missing.example.test"))
                #expect(error.providerCode?.hasPrefix(ACME.Problem.namespace) == true)
                let order = try await follow(orderID, provider)
                #expect(order.status == .failed && order.providerStatus == "invalid")
                #expect(order.requests.map(\.id) == ["missing.example.test"])
                #expect(order.requests.first?.comments?.isEmpty == false, "the reason is shown")
            }
        }
    }

    @Test("a program that fails: the order stays, the error carries it, and what was published is taken away")
    func failingProgram() async throws {
        try await ACMEAccount.with { account in
            try await Pebble.with { pebble in
                let broken = try account.provider(
                    pebble, ["hook_command": try account.hook(pebble, failing: "present")])
                let order = try account.request(["broken.example.test"]).issue
                let error = try await certificateError { try await broken.issue(order, context: context) }
                #expect(error.code == .invalidConfiguration && error.message.contains("ended with status 7"))
                #expect(account.hookRuns.map { $0[0] } == ["present", "cleanup"])
                let orderID = try #require(error.receipt?.orderID)

                // Mended, the order goes on where it stopped, as whoever follows it sees.
                let mended = try account.provider(pebble, ["hook_command": try account.hook(pebble)])
                #expect(try await follow(orderID, mended).status == .issued)
                #expect(account.hookRuns.map { $0[0] } == ["present", "cleanup", "present", "cleanup"])
            }
        }
    }

    /// A transport that notes when the server was told to look.
    private struct Telling: ClientTransport {
        let transport: any ClientTransport
        let hasTold = Flag()

        func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
            let response = try await transport.send(request)
            if request.head.path?.contains("/chalZ/") == true { _ = hasTold.raise() }
            return response
        }
    }

    @Test("when the time of the call is over the proof stays, and whoever looks next ends it")
    func outOfTime() async throws {
        var options = Pebble.Options()
        options.validationTime = 4
        try await ACMEAccount.with { account in
            try await Pebble.with(options) { pebble in
                let provider = try account.provider(pebble, ["hook_command": try account.hook(pebble)])
                let order = try account.request(["slow.example.test"]).issue
                _ = try await provider.checkHealth(HealthCheckRequest(), context: context)
                // Its time is over as soon as it has told the server to look.
                let telling = Telling(transport: account.transport)
                let clock = OperationClock(
                    now: { telling.hasTold.isUp ? .now + .seconds(3600) : .now }, date: { Date() },
                    sleep: { try await Task.sleep(until: $0, clock: .continuous) })
                let hasty = try account.provider(
                    pebble, ["hook_command": .string(account.path("hook"))], through: telling, clock: clock)
                let short = OperationContext(deadline: .now + .seconds(1800), journalKey: "a-key")
                let receipt = try await hasty.issue(order, context: short)
                #expect(receipt.state == .pending && account.hookRuns.map { $0[0] } == ["present"])
                let orderID = try #require(receipt.orderID)
                #expect(
                    try await follow(
                        orderID, try account.provider(pebble, ["hook_command": .string(account.path("hook"))])
                    ).status == .issued)
                #expect(account.hookRuns.map { $0[0] } == ["present", "cleanup"])
            }
        }
    }

    @Test("an interrupted wait takes the proof away, and the order can be taken on again")
    func cancelled() async throws {
        var options = Pebble.Options()
        options.validationTime = 600
        try await ACMEAccount.with { account in
            try await Pebble.with(options) { pebble in
                let provider = try account.provider(pebble, ["hook_command": try account.hook(pebble)])
                let order = try account.request(["cancelled.example.test"]).issue
                let task = Task { try await provider.issue(order, context: context) }
                for _ in 0..<3000 where account.hookRuns.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
                task.cancel()
                let receipt = try await task.value
                #expect(receipt.state == .pending && receipt.orderID != nil)
                #expect(account.hookRuns.map { $0[0] } == ["present", "cleanup"])
            }
        }
    }

    /// A transport that loses the answer of the first request whose path contains a text.
    private struct Losing: ClientTransport {
        let transport: any ClientTransport
        let text: String
        let isDone = Flag()

        func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
            let response = try await transport.send(request)
            if request.head.path?.contains(text) == true, response.head.status.kind == .successful, isDone.raise() {
                throw TransportFailure(.connectionLost, "the test broke it")
            }
            return response
        }
    }

    private final class Flag: Sendable {
        private let isRaised = Locked(false)
        var isUp: Bool { isRaised.withLock(\.self) }
        func raise() -> Bool {
            isRaised.withLock { isRaised in
                defer { isRaised = true }
                return !isRaised
            }
        }
    }

    @Test("a lost answer to a new order is unknown, and nothing comes of an order that nobody knows")
    func lostOrder() async throws {
        try await ACMEAccount.with { account in
            try await Pebble.with { pebble in
                let hook = try account.hook(pebble)
                let losing = try account.provider(
                    pebble, ["hook_command": hook], through: Losing(transport: account.transport, text: "order-plz"))
                let order = try account.request(["lost.example.test"]).issue
                let error = try await certificateError { try await losing.issue(order, context: context) }
                #expect(error.code == .outcomeUnknown && error.receipt == nil)
                let provider = try account.provider(pebble, ["hook_command": hook])
                let lookup = FindOrderRequest(operation: .issue, journalKey: "a-key", sentAt: .now)
                guard case .notFound = try await provider.findOrder(lookup, context: context) else {
                    Issue.record("an order whose URL nobody knows can't be finalized")
                    return
                }
                let other = FindOrderRequest(operation: .issue, journalKey: "somebody-else's", sentAt: .now)
                guard case .cannotTell = try await provider.findOrder(other, context: context) else {
                    Issue.record("what was sent from elsewhere can't be told")
                    return
                }
                // The same key again: it is safe now.
                #expect(try await provider.issue(order, context: context).state == .issued)
            }
        }
    }

    @Test("a lost answer to the signing request makes no difference", arguments: ["finalize-order", "chalZ"])
    func lostStep(_ text: String) async throws {
        try await ACMEAccount.with { account in
            try await Pebble.with { pebble in
                let losing = Losing(transport: account.transport, text: text)
                let provider = try account.provider(
                    pebble, ["hook_command": try account.hook(pebble)], through: losing)
                let receipt = try await provider.issue(
                    account.request(["step.example.test"]).issue, context: context)
                #expect(receipt.state == .issued)
                #expect(!losing.isDone.raise(), "the answer was lost")
            }
        }
    }
}
