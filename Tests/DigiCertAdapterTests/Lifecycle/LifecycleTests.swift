import CASandbox
import CertProtocol
import Foundation
import TestSupport
import Testing

/// The whole life of a certificate, over real sockets, every certificate judged by `openssl`.
struct LifecycleTests {
    private let context = OperationContext()

    @Test("an order is approved, issued, downloaded, reissued, duplicated, renewed and revoked")
    func wholeLife() async throws {
        try await LiveAccount.run { account in
            let provider = account.provider

            // Order, approval, issuance.
            var first = IssueRequest(
                product: "ssl_multi_domain",
                contents: try account.contents("approval.example.com", "www.example.com").contents
            )
            first.organizationID = "112233"
            first.comments = "For the shop."
            let ordered = try await provider.issue(first, context: OperationContext(journalKey: "key-1"))
            #expect(ordered.state == .pending)
            #expect(ordered.awaiting == [.approval])
            #expect(ordered.journalKey == "key-1")
            #expect(try await account.order(ordered).status == .pendingApproval)
            let approval = try await account.approval(of: ordered)
            #expect(approval.type == "new_request")
            #expect(approval.commonName == "approval.example.com")
            try await account.decide(ordered)
            let issued = try await account.order(ordered)
            #expect(issued.status == .issued)
            let order = issued.orderID

            // Download in every form.
            let full = try await provider.download(
                DownloadRequest(orderID: order, format: .fullChain), context: context)
            try account.verify(full.certificatesPEM)
            let leaf = try await provider.download(DownloadRequest(orderID: order, format: .pem), context: context)
            #expect(leaf.certificatesPEM == [full.certificatesPEM[0]])
            let chain = try await provider.download(DownloadRequest(orderID: order, format: .chain), context: context)
            #expect(chain.certificatesPEM == Array(full.certificatesPEM.dropFirst()))
            let bag = try await provider.download(DownloadRequest(orderID: order, format: .pkcs7), context: context)
            let opened = try account.openssl.run(
                ["pkcs7", "-print_certs"], input: try #require(bag.pkcs7PEM)
            )
            #expect(opened.components(separatedBy: "-----BEGIN CERTIFICATE-----").count == 4)
            let names = try account.printed(full.certificatesPEM[0], "-ext", "subjectAltName")
            #expect(names.contains("DNS:approval.example.com, DNS:www.example.com"))

            // Reissue: another key, and the order's certificate from then on.
            let remade = try account.contents("approval.example.com", "api.example.com")
            let reissue = try await provider.reissue(
                ReissueRequest(orderID: order, contents: remade.contents), context: context
            )
            #expect(reissue.awaiting == [.approval])
            #expect(try await account.order(reissue).status == .reissuePending)
            try await account.decide(reissue)
            let current = try await provider.download(
                DownloadRequest(orderID: order, format: .fullChain), context: context
            )
            try account.verify(current.certificatesPEM, key: remade.key)
            #expect(current.certificatesPEM[0] != full.certificatesPEM[0])
            let reissues = try await provider.listReissues(ListReissuesRequest(orderID: order), context: context)
            #expect(reissues.items.map(\.status) == [.issued])

            // Duplicate: a further key for the same names.
            let copied = try account.contents("approval.example.com", "api.example.com")
            let duplicate = try await provider.duplicate(
                DuplicateRequest(orderID: order, contents: copied.contents), context: context
            )
            try await account.decide(duplicate)
            let duplicates = try await provider.listDuplicates(ListDuplicatesRequest(orderID: order), context: context)
            let copy = try #require(duplicates.items.first?.certificateID)
            let copyChain = try await provider.download(
                DownloadRequest(orderID: order, certificateID: copy, format: .fullChain), context: context
            )
            try account.verify(copyChain.certificatesPEM, key: copied.key)

            // Renewal: an order of its own.
            var next = IssueRequest(product: "ssl_plus", contents: try account.contents("www.example.com").contents)
            next.organizationID = "112233"
            let renewal = try await provider.renew(
                RenewRequest(orderID: order, issue: next), context: OperationContext(journalKey: "key-2")
            )
            #expect(renewal.state == .issued)
            try account.verify(renewal.certificatesPEM)
            #expect(try await account.order(renewal).renewedOrderID == order)

            // Revocation of one certificate touches no other.
            let one = try await provider.revoke(
                RevokeRequest(orderID: order, scope: .certificate(copy), reason: .superseded), context: context
            )
            #expect(one.state == .pending)
            #expect(one.awaiting == [.approval])
            #expect(one.certificateID == copy)
            try await account.decide(one)
            #expect(try await account.order(one).status == .issued)
            let after = try await provider.listDuplicates(ListDuplicatesRequest(orderID: order), context: context)
            #expect(after.items.map(\.status) == [.revoked])
            #expect(
                try await provider.listReissues(ListReissuesRequest(orderID: order), context: context)
                    .items.map(\.status) == [.issued]
            )

            // Revocation of the whole order.
            let all = try await provider.revoke(
                RevokeRequest(orderID: order, scope: .wholeOrder, reason: .keyCompromise), context: context
            )
            try await account.decide(all)
            #expect(try await account.order(all).status == .revoked)
            #expect(try await account.order(renewal).status == .issued)
        }
    }

    @Test("an order that needs nothing is answered with its chain, leaf first")
    func instant() async throws {
        try await LiveAccount.run { account in
            let made = try account.contents("www.example.com", validity: .days(30))
            var request = IssueRequest(product: "ssl_plus", contents: made.contents)
            request.organizationID = "112233"
            request.orderValidity = .years(2)
            let receipt = try await account.provider.issue(request, context: context)
            #expect(receipt.state == .issued)
            #expect(receipt.certificateID != nil)
            try account.verify(receipt.certificatesPEM, key: made.key)
            let order = try await account.order(receipt)
            #expect(order.certificates.first?.notAfter.map { $0.startInUTC.timeIntervalSinceNow < 30 * 86_400 } == true)
            #expect(order.validUntil.map { $0.startInUTC.timeIntervalSinceNow > 700 * 86_400 } == true)
        }
    }

    @Test(
        "a reissue and a duplicate that nobody has to approve come back with the certificate that was made for their key"
    )
    func copiesAtOnce() async throws {
        try await LiveAccount.run { account in
            let order = try #require(try await account.issue("www.example.com").orderID)
            let remade = try account.contents("www.example.com")
            let reissue = try await account.provider.reissue(
                ReissueRequest(orderID: order, contents: remade.contents), context: context
            )
            #expect(reissue.state == .issued)
            try account.verify(reissue.certificatesPEM, key: remade.key)
            let copied = try account.contents("www.example.com")
            let duplicate = try await account.provider.duplicate(
                DuplicateRequest(orderID: order, contents: copied.contents), context: context
            )
            #expect(duplicate.state == .issued)
            #expect(duplicate.certificateID != reissue.certificateID)
            try account.verify(duplicate.certificatesPEM, key: copied.key)
        }
    }

    @Test("once an order was accepted, its id comes back even where nothing more can be learnt of it")
    func acceptedAndSilent() async throws {
        try await LiveAccount.run { account in
            let order = try #require(try await account.issue("www.example.com").orderID)
            account.sandbox.inject(.serverError(503), on: .path("/services/v2/order/certificate/\(order)"), from: 1)
            let receipt = try await account.provider.reissue(
                ReissueRequest(orderID: order, contents: try account.contents("www.example.com").contents),
                context: context
            )
            #expect(receipt.orderID == order)
            #expect(receipt.state == .pending)
        }
    }

    @Test("an order that is pending can be cancelled, and one that is issued can't")
    func cancel() async throws {
        try await LiveAccount.run { account in
            let pending = try await account.issue("www.sample.kr")
            let id = try #require(pending.orderID)
            let receipt = try await account.provider.cancel(CancelRequest(orderID: id, note: "No."), context: context)
            #expect(receipt.state == .done)
            #expect(try await account.order(pending).status == .canceled)
            let issued = try #require(try await account.issue("www.example.com").orderID)
            let error = await failure { () async throws(CertificateError) in
                _ = try await account.provider.cancel(CancelRequest(orderID: issued), context: context)
            }
            #expect(error?.code == .rejected)
        }
    }

    @Test("a rejected order is rejected, and a key that may not approve is told so")
    func rejected() async throws {
        try await LiveAccount.run { account in
            let refused = try await account.issue("approval.example.com")
            try await account.decide(refused, isApproved: false)
            #expect(try await account.order(refused).status == .rejected)

            let other = try await account.issue("other-approver.example.com")
            let request = try await account.approval(of: other).requestID
            let error = await failure { () async throws(CertificateError) in
                _ = try await account.provider.decideApproval(
                    DecideApprovalRequest(requestID: request, isApproved: true), context: context
                )
            }
            #expect(error?.code == .permission)
            #expect(error?.providerCode == "access_denied|invalid_approver")
        }
    }

    @Test("the certificate that a reissue has taken the place of can be revoked by its own id")
    func replacedCertificate() async throws {
        try await LiveAccount.run { account in
            let issued = try await account.issue("www.example.com")
            let (order, replaced) = (try #require(issued.orderID), try #require(issued.certificateID))
            let remade = try account.contents("www.example.com").contents
            _ = try await account.provider.reissue(ReissueRequest(orderID: order, contents: remade), context: context)
            let receipt = try await account.provider.revoke(
                RevokeRequest(orderID: order, scope: .certificate(replaced), reason: .keyCompromise), context: context)
            #expect(receipt.certificateID == replaced)
            let current = try await account.provider.orderDetail(OrderDetailRequest(.order(order)), context: context)
            #expect(current.certificates.first?.certificateID != replaced)
        }
    }

    @Test("a certificate of another order isn't revoked, and nothing that changes anything is sent")
    func foreignCertificate() async throws {
        try await LiveAccount.run { account in
            let mine = try #require(try await account.issue("www.example.com").orderID)
            let other = try #require(try await account.issue("api.example.com").certificateID)
            let before = account.sandbox.requests.filter { $0.method == "PUT" }.count
            let error = await failure { () async throws(CertificateError) in
                _ = try await account.provider.revoke(
                    RevokeRequest(orderID: mine, scope: .certificate(other), reason: .superseded), context: context
                )
            }
            #expect(error?.code == .notFound)
            #expect(account.sandbox.requests.filter { $0.method == "PUT" }.count == before)
        }
    }
}
