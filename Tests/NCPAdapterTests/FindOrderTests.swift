import CASandbox
import CertProtocol
import FoundationEssentials
import Testing

@testable import NCPAdapter

/// What became of calls whose answers were lost: carried out or not, the lookup says the truth, or that it can't tell.
struct FindOrderTests {
    /// A call of one kind, and the lookup that a journal would make for it.
    private struct Call {
        var lookup: FindOrderRequest
        var send: (OperationContext) async throws -> Void
    }

    enum Kind: String, CaseIterable, Sendable {
        case issueAdvanced, issueNamed, issueCloud, issuePrivate, reissue, extend, revokeOne, revokeAll
        case importFirst, importSecond, deleteFirst, deleteSecond
    }

    private func lookup(_ operation: Capability) -> FindOrderRequest {
        FindOrderRequest(operation: operation, journalKey: "the lost key", sentAt: Date())
    }

    private func call(_ kind: Kind, _ provider: any CertificateProvider, _ sandboxed: Sandboxed) async throws -> Call {
        switch kind {
        case .issueAdvanced, .issueNamed, .issueCloud, .issuePrivate:
            var contents = try sandboxed.contents("lost.example.kr")
            if kind == .issueNamed { contents.name = "my-own-name" }
            if [.issueCloud, .issuePrivate].contains(kind) { contents.signingRequest = "" }
            let products: [Kind: String] = [.issueCloud: "CLOUD_BASIC", .issuePrivate: "NCP_PRIVATE_SSL"]
            let request = IssueRequest(product: products[kind] ?? "NCP_PAID_DV_01", contents: contents)
            var lookup = lookup(.issue)
            lookup.contents = contents
            return Call(lookup: lookup) { _ = try await provider.issue(request, context: $0) }
        case .reissue:
            let orderID = try await sandboxed.issued(provider).orderID
            let request = ReissueRequest(orderID: orderID, contents: try sandboxed.contents("shop.example.kr"))
            var lookup = lookup(.reissue)
            lookup.orderID = orderID
            lookup.contents = request.contents
            return Call(lookup: lookup) { _ = try await provider.reissue(request, context: $0) }
        case .extend:
            let orderID = try await sandboxed.issued(provider).orderID
            var lookup = lookup(.extend)
            lookup.orderID = orderID
            lookup.period = .years(1)
            let order = try await provider.orderDetail(
                OrderDetailRequest(.order(orderID)), context: OperationContext()
            )
            lookup.paidUntil = order.validUntil?.startInUTC
            let request = ExtendRequest(orderID: orderID, period: .years(1))
            return Call(lookup: lookup) { _ = try await provider.extend(request, context: $0) }
        case .revokeOne, .revokeAll:
            let (orderID, certificateID) = try await sandboxed.issued(provider)
            var lookup = lookup(.revoke)
            lookup.orderID = orderID
            lookup.certificateID = kind == .revokeOne ? certificateID : nil
            let request = RevokeRequest(
                orderID: orderID, scope: kind == .revokeOne ? .certificate(certificateID) : .wholeOrder,
                reason: .superseded
            )
            return Call(lookup: lookup) { _ = try await provider.revoke(request, context: $0) }
        case .importFirst, .importSecond:
            let request = try importRequest("lost-import", sandboxed)
            var lookup = lookup(.import)
            lookup.certificateName = request.name
            return Call(lookup: lookup) { _ = try await provider.importCertificate(request, context: $0) }
        case .deleteFirst, .deleteSecond:
            let request = try importRequest("to-be-deleted", sandboxed)
            let receipt = try await provider.importCertificate(request, context: OperationContext())
            let number = try #require(receipt.certificateID)
            var lookup = lookup(.delete)
            lookup.certificateID = number
            lookup.certificateName = request.name
            let deletion = DeleteCertificateRequest(certificateID: number, name: request.name)
            return Call(lookup: lookup) { _ = try await provider.deleteCertificate(deletion, context: $0) }
        }
    }

    private func importRequest(_ name: String, _ sandboxed: Sandboxed) throws -> ImportCertificateRequest {
        let own = try sandboxed.selfSigned()
        return ImportCertificateRequest(name: name, certificatePEM: own.certificate, privateKey: Secret(own.key))
    }

    private func provider(_ kind: Kind, _ sandboxed: Sandboxed) throws -> any CertificateProvider {
        let isFirst = [.importFirst, .deleteFirst, .issuePrivate].contains(kind)
        return try sandboxed.provider(isFirst ? sandboxed.sandbox.ncpGovernmentSettings : nil)
    }

    @Test("a call that was carried out is found, although its answer was lost", arguments: Kind.allCases)
    func carriedOut(kind: Kind) async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try provider(kind, sandboxed)
            let call = try await call(kind, provider, sandboxed)
            sandboxed.sandbox.inject(.lostAnswer, on: .ncp.mutations, times: 1)
            let error = try await certificateError {
                try await call.send(OperationContext(journalKey: "the lost key"))
            }
            #expect(error.code == .outcomeUnknown)
            let found = try await provider.findOrder(call.lookup, context: OperationContext())
            guard case .found(let order) = found else {
                Issue.record("\(found)")
                return
            }
            #expect(order.provider == "ncp")
            if let orderID = call.lookup.orderID { #expect(order.orderID == orderID) }
            if call.lookup.operation != .revoke { #expect(order.certificates.count == 1 || kind == .extend) }
            #expect((order.status == .deleted) == (call.lookup.operation == .delete))
        }
    }

    @Test("a call that never arrived is not found", arguments: Kind.allCases)
    func notCarriedOut(kind: Kind) async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try provider(kind, sandboxed)
            let call = try await call(kind, provider, sandboxed)
            sandboxed.sandbox.inject(.serverError(502), on: .ncp.mutations, times: 1)
            let error = try await certificateError {
                try await call.send(OperationContext(journalKey: "the lost key"))
            }
            #expect(error.code == .outcomeUnknown)
            let found = try await provider.findOrder(call.lookup, context: OperationContext())
            guard case .notFound = found else {
                Issue.record("\(found)")
                return
            }
            // Then the same key may be sent again, and is found.
            try await call.send(OperationContext(journalKey: "the lost key"))
            guard case .found = try await provider.findOrder(call.lookup, context: OperationContext()) else {
                Issue.record("not found after it was sent again")
                return
            }
        }
    }

    @Test("a key that ordered something orders nothing more: the service knows the name already")
    func sameKeyTwice() async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try sandboxed.provider()
            let request = IssueRequest(product: "NCP_PAID_DV_01", contents: try sandboxed.contents("a.example.kr"))
            let context = OperationContext(journalKey: "one key")
            let receipt = try await provider.issue(request, context: context)
            let error = try await certificateError { try await provider.issue(request, context: context) }
            #expect(error.code == .invalidRequest)
            let own = try await readAll(provider).filter { $0.commonName == "a.example.kr" }
            #expect(own.map(\.orderID) == [receipt.orderID])
        }
    }

    @Test("a key that is used many times at once orders once")
    func sameKeyAtOnce() async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try sandboxed.provider()
            let request = IssueRequest(product: "NCP_PAID_DV_01", contents: try sandboxed.contents("a.example.kr"))
            let ordered = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let context = OperationContext(journalKey: "one key")
                        return (try? await provider.issue(request, context: context)) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(ordered == 1)
            #expect(try await readAll(provider).filter { $0.commonName == "a.example.kr" }.count == 1)
        }
    }

    @Test("nobody can tell whether a certificate is renewed automatically")
    func autoRenewal() async throws {
        let transport = RecordingTransport(.nothing)
        let provider = try Account().provider(transport)
        var request = FindOrderRequest(operation: .autoRenewal, journalKey: "k", sentAt: Date())
        request.certificateID = "100001"
        guard case .cannotTell = try await provider.findOrder(request, context: OperationContext()) else {
            Issue.record("it told")
            return
        }
        #expect(transport.requests.isEmpty)
    }

    private static let name = NCPName.made(from: "k").text
    private static let empty = #"{"returnCode":"0","orders":[],"sslCertificateList":[]}"#

    private func find(
        _ operation: Capability, _ answer: @escaping @Sendable (String) -> String,
        edit: (inout FindOrderRequest) -> Void = { _ in }
    ) async throws -> String {
        let transport = RecordingTransport { _, target in CannedAnswer(200, answer(target)) }
        let sentAt = Date(timeIntervalSince1970: 1_772_327_730)
        var request = FindOrderRequest(operation: operation, journalKey: "k", sentAt: sentAt)
        edit(&request)
        switch try await Account().provider(transport).findOrder(request, context: OperationContext()) {
        case .found(let order): return "found \(order.orderID)"
        case .notFound: return "notFound"
        case .cannotTell: return "cannotTell"
        @unknown default: return "?"
        }
    }

    @Test("a list that filters loosely, or not at all, is searched to its end")
    func looseFilter() async throws {
        let name = Self.name
        let answer: @Sendable (String) -> String = { target in
            guard target.contains("getPaid") else { return Self.empty }
            let certificate =
                target.contains("page=1&")
                ? #"{"certificateNo":1,"certificateName":"\#(name)-2"}"#
                : #"{"certificateNo":2,"certificateName":"\#(name)"}"#
            return #"{"returnCode":"0","orders":[{"orderId":"7","certificates":[\#(certificate)]}]}"#
        }
        #expect(try await find(.issue, answer) == "found 7")
        #expect(try await find(.issue, answer) { $0.journalKey = "other" } == "notFound")
    }

    @Test("rows that can't be read, and orders that show no certificate, leave nothing certain")
    func uncertainRows() async throws {
        for orders in [#"[{"orderId":"7","certificates":[{"x":1}]}]"#, #"[{"orderId":"7"}]"#, "[17]"] {
            let answer: @Sendable (String) -> String = { target in
                target.contains("getPaid") && target.contains("page=1&")
                    ? #"{"returnCode":"0","orders":\#(orders)}"# : Self.empty
            }
            #expect(try await find(.issue, answer) == "cannotTell", "\(orders)")
        }
    }

    @Test("a page that repeats for ever ends the search")
    func repeatedPage() async throws {
        let answer: @Sendable (String) -> String = { target in
            target.contains("getPaid")
                ? #"{"returnCode":"0","orders":[{"orderId":"7","certificates":[{"certificateNo":1}]}]}"# : Self.empty
        }
        #expect(try await find(.issue, answer) == "notFound")
    }

    @Test(
        "a name of the caller's own counts only with a date that fits",
        arguments: [
            ("2026-03-01 10:15:30(UTC+09:00)", "found certificate-5"),
            ("2026-03-01 10:11:00(UTC+09:00)", "found certificate-5"),
            ("2026-03-01 04:00:00(UTC+09:00)", "cannotTell"), ("2026-02-27 10:15:30(UTC+09:00)", "notFound"),
            ("once upon a time", "cannotTell"),
        ]
    )
    func ownName(date: String, expected: String) async throws {
        let answer: @Sendable (String) -> String = { target in
            target.contains("getPaid")
                ? Self.empty
                : #"""
                {"returnCode":"0","sslCertificateList":[
                  {"certificateNo":5,"certificateName":"mine","registDate":"\#(date)"}]}
                """#
        }
        #expect(try await find(.import, answer) { $0.certificateName = "mine" } == expected)
    }

    @Test(
        "an extension is told by the end before it, or by years that can't hold it",
        arguments: [
            // End now, years, end before, years added.
            ("2027-02-28 23:59:59", 1, nil, 1, "notFound"), ("2028-02-28 23:59:59", 2, nil, 1, "cannotTell"),
            ("2028-02-28 23:59:59", 2, nil, 2, "notFound"), ("2028-02-28 23:59:59", 1, nil, 1, "cannotTell"),
            ("2028-02-28 23:59:59", 2, "2027-02-28 23:59:59", 1, "found 7"),
            ("2028-02-28 23:59:59", 2, "2028-02-28 23:59:59", 1, "notFound"),
            ("2029-02-28 23:59:59", 3, "2027-02-28 23:59:59", 1, "cannotTell"),
            ("", 1, "2027-02-28 23:59:59", 1, "cannotTell"),
        ] as [(String, Int, String?, Int, String)]
    )
    func extensions(end: String, years: Int, before: String?, added: Int, expected: String) async throws {
        let answer: @Sendable (String) -> String = { _ in
            #"""
            {"returnCode":"0","orderId":"7","subscriptionStartDt":"2026-03-01 00:00:00","subscriptionEndDt":"\#(end)",
             "subscriptionYears":\#(years),"certificates":[]}
            """#
        }
        let result = try await find(.extend, answer) { request in
            request.orderID = "7"
            request.period = .years(added)
            request.paidUntil = NCPText.date(before)?.startInUTC
        }
        #expect(result == expected)
    }

    @Test(
        "a revocation is told by the states of what it was to reach",
        arguments: [
            ("1", ["1", "-5"], "notFound"), ("2", ["1", "-5"], "found 7"), ("1", ["-7", "1"], "found 7"),
            (nil, ["-5", "-7"], "found 7"), (nil, ["1", "-5"], "cannotTell"), (nil, ["1", "2"], "notFound"),
            (nil, ["-5", "-2"], "found 7"), ("9", ["-5"], "cannotTell"), (nil, [], "cannotTell"),
        ] as [(String?, [String], String)]
    )
    func revocations(certificate: String?, codes: [String], expected: String) async throws {
        let rows = codes.enumerated().map { #"{"certificateNo":\#($0 + 1),"statusCode":"\#($1)"}"# }
        let answer: @Sendable (String) -> String = { _ in
            #"{"returnCode":"0","orderId":"7","certificates":[\#(rows.joined(separator: ","))]}"#
        }
        let result = try await find(.revoke, answer) { request in
            request.orderID = "7"
            request.certificateID = certificate
        }
        #expect(result == expected)
    }

    @Test("an operation that the account doesn't have can't be told")
    func otherOperation() async throws {
        #expect(try await find(.renew, { _ in Self.empty }) == "cannotTell")
    }
}
