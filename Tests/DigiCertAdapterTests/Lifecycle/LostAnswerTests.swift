import AdapterHTTP
import CASandbox
import CertProtocol
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// What is known of a call whose answer was lost, over real sockets.
struct LostAnswerTests {
    /// A call that changes something, and what it needs to exist before.
    enum Call: String, CaseIterable, Sendable {
        case issue, renew, reissue, duplicate
        case revokeOne = "revoke one"
        case revokeAll = "revoke all"
        case cancel

        var capability: Capability {
            switch self {
            case .revokeOne, .revokeAll: .revoke
            default: Capability(rawValue: rawValue) ?? .issue
            }
        }
    }

    /// A call that has been prepared: what it takes, and how its journal entry would be looked up.
    private struct Prepared {
        let send: (any CertificateProvider) async throws(CertificateError) -> Receipt
        let lookup: FindOrderRequest
    }

    private static func prepare(_ call: Call, _ account: LiveAccount) async throws -> Prepared {
        // What is cancelled has to be pending; the others work on an order that is issued.
        let existing = try await account.issue(call == .cancel ? "www.sample.kr" : "www.example.com")
        let order = try #require(existing.orderID)
        let contents = try account.contents("www.example.com").contents
        let context = OperationContext(journalKey: "key-\(call.rawValue)")
        var issue = IssueRequest(product: "ssl_plus", contents: contents)
        issue.organizationID = "112233"
        let request = issue
        var lookup = FindOrderRequest(
            operation: call.capability, journalKey: "key-\(call.rawValue)", sentAt: Date()
        )
        lookup.contents = contents
        lookup.orderID = call == .issue ? nil : order
        lookup.certificateID = call == .revokeOne ? existing.certificateID : nil
        return Prepared(
            send: { provider async throws(CertificateError) in
                switch call {
                case .issue: try await provider.issue(request, context: context)
                case .renew: try await provider.renew(RenewRequest(orderID: order, issue: request), context: context)
                case .reissue:
                    try await provider.reissue(ReissueRequest(orderID: order, contents: contents), context: context)
                case .duplicate:
                    try await provider.duplicate(DuplicateRequest(orderID: order, contents: contents), context: context)
                case .revokeOne:
                    try await provider.revoke(
                        RevokeRequest(
                            orderID: order, scope: .certificate(existing.certificateID ?? ""), reason: .superseded
                        ), context: context
                    )
                case .revokeAll:
                    try await provider.revoke(
                        RevokeRequest(orderID: order, scope: .wholeOrder, reason: .superseded), context: context
                    )
                case .cancel: try await provider.cancel(CancelRequest(orderID: order), context: context)
                }
            },
            lookup: lookup
        )
    }

    @Test("a call that was carried out is of unknown outcome, is sent once, and is found", arguments: Call.allCases)
    func carriedOut(call: Call) async throws {
        for fault in [SandboxFault.lostAnswer, .failureAfterExecution(502), .failureAfterExecution(503)] {
            try await LiveAccount.run { account in
                let prepared = try await Self.prepare(call, account)
                let before = account.sandbox.mutations
                account.sandbox.inject(fault, on: .digiCert.mutations)
                let error = await failure { () async throws(CertificateError) in
                    _ = try await prepared.send(account.provider)
                }
                #expect(error?.code == .outcomeUnknown)
                #expect(account.sandbox.mutations == before + 1)
                account.sandbox.clearFaults()
                switch try await account.provider.findOrder(prepared.lookup, context: OperationContext()) {
                case .found(let order):
                    #expect(call == .issue || call == .renew || order.orderID == prepared.lookup.orderID)
                // A revocation of one certificate waits for its approval, and the request doesn't say which one it is about.
                case .cannotTell: #expect(call == .revokeOne)
                case .notFound: Issue.record("\(call.rawValue) was carried out, and not found")
                }
            }
        }
    }

    @Test("a call that never arrived is of unknown outcome, and is not found", arguments: Call.allCases)
    func neverArrived(call: Call) async throws {
        try await LiveAccount.run { account in
            let prepared = try await Self.prepare(call, account)
            account.sandbox.inject(.reset(.beforeAnswer), on: .digiCert.mutations)
            let error = await failure { () async throws(CertificateError) in
                _ = try await prepared.send(account.provider)
            }
            #expect(error?.code == .outcomeUnknown)
            account.sandbox.clearFaults()
            let found = try await account.provider.findOrder(prepared.lookup, context: OperationContext())
            guard case .notFound = found else {
                Issue.record("\(call.rawValue) never arrived, and the lookup says \(found)")
                return
            }
        }
    }

    @Test(
        "a reissue with a request that was used before isn't taken for the one before, unless it could be either",
        arguments: [(3600.0, "notFound"), (300, "cannotTell"), (0, "found")]
    )
    func sameRequestTwice(secondsLater: Double, expected: String) async throws {
        try await LiveAccount.run { account in
            let order = try #require(try await account.issue("www.example.com").orderID)
            let contents = try account.contents("www.example.com").contents
            let request = ReissueRequest(orderID: order, contents: contents)
            _ = try await account.provider.reissue(request, context: OperationContext())
            var lookup = FindOrderRequest(
                operation: .reissue, journalKey: "k", sentAt: Date(timeIntervalSinceNow: secondsLater)
            )
            lookup.orderID = order
            lookup.contents = contents
            let found = try await account.provider.findOrder(lookup, context: OperationContext())
            #expect("\(found)".hasPrefix(expected))
        }
    }

    @Test("what waits for an approval, and stands in no list yet, may have come of a lost call")
    func requestWithoutCopy() async throws {
        let transport = RecordingTransport { request in
            request.head.path?.hasSuffix("reissue") == true
                ? TransportResponse(status: 200, #"{"certificates":[]}"#)
                : TransportResponse(
                    status: 200,
                    #"{"id":7,"status":"issued","requests":[{"id":1,"type":"reissue","status":"pending"}]}"#
                )
        }
        var lookup = FindOrderRequest(operation: .reissue, journalKey: "k", sentAt: Date())
        lookup.orderID = "7"
        lookup.contents = CertificateContents(signingRequest: "AAAA", commonName: "a.kr")
        let found = try await makeProvider(transport).findOrder(lookup, context: OperationContext())
        #expect("\(found)" == "cannotTell")
    }

    @Test(
        "of what leaves no trace nothing is told",
        arguments: [Capability.approvals, .domainValidationChange, .download])
    func cannotTell(operation: Capability) async throws {
        let transport = RecordingTransport("{}")
        let found = try await makeProvider(transport).findOrder(
            FindOrderRequest(operation: operation, journalKey: "k", sentAt: Date()), context: OperationContext()
        )
        guard case .cannotTell = found else {
            Issue.record("\(operation) was told")
            return
        }
        #expect(transport.requests.isEmpty)
    }
}

extension CASandbox {
    /// How many requests have come in that change something.
    fileprivate var mutations: Int { requests.filter { $0.method != "GET" }.count }
}
