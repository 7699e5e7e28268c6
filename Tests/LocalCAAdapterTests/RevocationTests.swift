import CertProtocol
import Foundation
import TestSupport
import Testing

/// Revocations, and the list that tells of them.
@Suite("Revocation by a local CA")
struct RevocationTests {
    @Test("a revoked certificate is in crl.pem with its reason, and no other is", arguments: RevocationReason.allCases)
    func revoked(_ reason: RevocationReason) async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            let receipts = [
                try await provider.issue(try folder.order("a.test"), context: OperationContext()),
                try await provider.issue(try folder.order("b.test"), context: OperationContext()),
            ]
            for receipt in receipts {
                #expect(try folder.isGood(receipt.certificatesPEM))
                // The list of the root is there too, which programs want that check every certificate of a chain.
                #expect(try folder.isGood(receipt.certificatesPEM, checking: "-crl_check_all"))
            }
            let id = try #require(receipts[0].certificateID)
            let receipt = try await provider.revoke(
                RevokeRequest(orderID: "1", scope: .certificate(id), reason: reason), context: OperationContext())
            #expect(receipt.state == .done && receipt.certificateID == id && receipt.orderID == "1")
            #expect(try !folder.isGood(receipts[0].certificatesPEM))
            #expect(try folder.isGood(receipts[1].certificatesPEM))
            let text = try folder.openSSL.run(["crl", "-in", folder.file("crl.pem"), "-noout", "-text"])
            #expect(text.contains("Serial Number: \(id)"))
            let words: [RevocationReason: String] = [
                .keyCompromise: "Key Compromise", .affiliationChanged: "Affiliation Changed",
                .superseded: "Superseded", .cessationOfOperation: "Cessation Of Operation",
                .privilegeWithdrawn: "Privilege Withdrawn",
            ]
            if let word = words[reason] { #expect(text.contains(word)) } else { #expect(!text.contains("Reason Code")) }
            let order = try await provider.orderDetail(OrderDetailRequest(.order("1")), context: OperationContext())
            #expect(order.status == .revoked && order.providerStatus == "revoked")
            let again = await failure { () throws(CertificateError) in
                try await provider.revoke(
                    RevokeRequest(orderID: "1", scope: .wholeOrder, reason: reason), context: OperationContext())
            }
            #expect(again?.code == .rejected && again?.providerCode == "already_revoked")
        }
    }

    @Test("another certificate's id revokes nothing, nor does an order that isn't there")
    func wrongTarget() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            // Nothing is made to find nothing in it.
            let nothing = await failure { () throws(CertificateError) in
                try await provider.revoke(
                    RevokeRequest(orderID: "1", scope: .wholeOrder, reason: .superseded), context: OperationContext())
            }
            #expect(nothing?.code == .notFound && !FileManager.default.fileExists(atPath: folder.path))
            let chain = try await provider.issue(try folder.order(), context: OperationContext()).certificatesPEM
            let other = await failure { () throws(CertificateError) in
                try await provider.revoke(
                    RevokeRequest(orderID: "1", scope: .certificate("0A0B"), reason: .superseded),
                    context: OperationContext())
            }
            #expect(other?.code == .notFound)
            #expect(try folder.isGood(chain))
        }
    }

    @Test("a revocation that ended between its record and the list is in the list after the next call")
    func interrupted() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            let chain = try await provider.issue(try folder.order(), context: OperationContext()).certificatesPEM
            let list = try folder.text("crl.pem")
            _ = try await provider.revoke(
                RevokeRequest(orderID: "1", scope: .wholeOrder, reason: .superseded),
                context: OperationContext(journalKey: "gone"))
            // What a crash leaves behind there: the mark, and the list of before.
            try list.write(toFile: folder.file("crl.pem"), atomically: true, encoding: .utf8)
            try Data().write(to: URL(fileURLWithPath: folder.file("crl.stale")))
            #expect(try folder.isGood(chain))
            var lookup = FindOrderRequest(operation: .revoke, journalKey: "gone", sentAt: Date())
            lookup.orderID = "1"
            guard case .found(let order) = try await provider.findOrder(lookup, context: OperationContext()) else {
                Issue.record("The revocation is there.")
                return
            }
            #expect(order.status == .revoked)
            #expect(try !folder.isGood(chain))
            #expect(!FileManager.default.fileExists(atPath: folder.file("crl.stale")))
        }
    }

    @Test("with a record that can't be read nothing is revoked: the list might lack something")
    func damaged() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            let chain = try await provider.issue(try folder.order(), context: OperationContext()).certificatesPEM
            _ = try await provider.issue(try folder.order(), context: OperationContext())
            try "{".write(toFile: folder.file("orders/2.json"), atomically: true, encoding: .utf8)
            let error = await failure { () throws(CertificateError) in
                try await provider.revoke(
                    RevokeRequest(orderID: "1", scope: .wholeOrder, reason: .superseded), context: OperationContext())
            }
            #expect(error?.code == .invalidConfiguration && error?.message.contains("orders/2.json") == true)
            #expect(error?.message.hasSuffix("Nothing was issued or revoked.") == true)
            #expect(try folder.isGood(chain))
        }
    }
}
