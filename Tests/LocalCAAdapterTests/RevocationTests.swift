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

    @Test("what was revoked stays in the list when its record is damaged or gone, and its number is not given again")
    func kept() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            var chains: [[String]] = []
            for _ in 0..<4 {
                chains.append(try await provider.issue(try folder.order(), context: OperationContext()).certificatesPEM)
            }
            func revoke(_ id: String) async -> CertificateError? {
                await failure { () throws(CertificateError) in
                    try await provider.revoke(
                        RevokeRequest(orderID: id, scope: .wholeOrder, reason: .superseded), context: OperationContext()
                    )
                }
            }
            for id in ["1", "4"] { #expect(await revoke(id) == nil) }
            try "{".write(toFile: folder.file("orders/1.json"), atomically: true, encoding: .utf8)
            try FileManager.default.removeItem(atPath: folder.file("orders/4.json"))
            #expect(await revoke("2") == nil)
            #expect(try chains.map { try folder.isGood($0) } == [false, false, true, false])
            #expect(try await provider.issue(try folder.order(), context: OperationContext()).orderID == "5")
            // The damaged record itself: nothing was done, and that is certain.
            let error = await revoke("1")
            #expect(error?.code == .invalidConfiguration && error?.message.contains("orders/1.json") == true)
            #expect(error?.message.hasSuffix("Nothing was issued or revoked.") == true)
            // One that says that it is revoked, and not when.
            let record = try folder.text("orders/3.json").replacing(
                #""status": "issued""#, with: #""status": "revoked""#)
            try record.write(toFile: folder.file("orders/3.json"), atomically: true, encoding: .utf8)
            #expect(await revoke("3")?.code == .invalidConfiguration)
        }
    }

    @Test("a list that can't be written leaves a revocation that is known, and is written by the next call")
    func unwritten() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            let chain = try await provider.issue(try folder.order(), context: OperationContext()).certificatesPEM
            let list = folder.file("crl.pem")
            try FileManager.default.removeItem(atPath: list)
            try FileManager.default.createDirectory(atPath: list + "/full", withIntermediateDirectories: true)
            let error = await failure { () throws(CertificateError) in
                try await provider.revoke(
                    RevokeRequest(orderID: "1", scope: .wholeOrder, reason: .superseded), context: OperationContext())
            }
            #expect(error?.code == .outcomeUnknown && error?.receipt?.orderID == "1")
            var lookup = FindOrderRequest(operation: .revoke, journalKey: "key", sentAt: Date())
            lookup.orderID = "1"
            guard case .found = try await provider.findOrder(lookup, context: OperationContext()) else {
                Issue.record("The order is revoked.")
                return
            }
            // Certificates are issued all the same.
            #expect(try await provider.issue(try folder.order(), context: OperationContext()).orderID == "2")
            try FileManager.default.removeItem(atPath: list)
            _ = try await provider.issue(try folder.order(), context: OperationContext())
            #expect(try !folder.isGood(chain))
        }
    }

    @Test(
        "the number of the list rises, also where the clock goes back, and the list is valid a minute before it is made"
    )
    func numbers() async throws {
        try await LocalFolder.with { folder in
            let start = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
            var numbers: [String] = []
            for date in [start, start, start.addingTimeInterval(-3600)] {
                let provider = try folder.provider(clock: ManualClock(date: date).operationClock)
                let id = try #require(
                    try await provider.issue(try folder.order(), context: OperationContext()).orderID)
                _ = try await provider.revoke(
                    RevokeRequest(orderID: id, scope: .wholeOrder, reason: .superseded), context: OperationContext())
                let text = try folder.openSSL.run(["crl", "-in", folder.file("crl.pem"), "-noout", "-crlnumber"])
                numbers.append(text)
                let begin = try folder.openSSL.run(
                    ["crl", "-in", folder.file("crl.pem"), "-noout", "-lastupdate", "-dateopt", "iso_8601"])
                let expected = CertificateDate.instant(date.addingTimeInterval(-60)).text.replacing("T", with: " ")
                #expect(begin == "lastUpdate=\(expected)\n")
            }
            // The same length, so that texts compare as numbers do.
            #expect(Set(numbers.map(\.count)).count == 1 && numbers == numbers.sorted() && Set(numbers).count == 3)
        }
    }
}
