import ACMEAdapter
import CertProtocol
import Crypto
import Foundation
import TestSupport
import Testing

/// Revoking, judged by what Pebble itself says of the certificate.
@Suite("ACME revocation at Pebble", .enabled(if: Pebble.isInstalled, Comment(rawValue: Pebble.absence)))
struct RevocationTests {
    private let context = OperationContext(deadline: .now + .seconds(120), journalKey: "a-key")

    @Test("the account revokes, with a reason, and once more does no harm")
    func byAccount() async throws {
        try await ACMEAccount.with { account in
            try await Pebble.with { pebble in
                let provider = try account.provider(pebble, ["hook_command": try account.hook(pebble)])
                let issued = try await provider.issue(account.request(["rev.example.test"]).issue, context: context)
                let serial = try account.serial(issued.certificatesPEM[0])
                #expect(try await pebble.status(ofSerial: serial, through: account.transport).contains("Valid"))
                let orderID = try #require(issued.orderID)
                let certificateID = try #require(issued.certificateID)
                let request = RevokeRequest(
                    orderID: orderID, scope: .certificate(certificateID), reason: .superseded)
                let receipt = try await provider.revoke(request, context: context)
                #expect(receipt.state == .done && receipt.certificateID == certificateID)
                let status = try await pebble.status(ofSerial: serial, through: account.transport)
                #expect(status.contains("Revoked") && status.contains("4"))
                // Pebble hands a revoked certificate out no more.
                var again = RevokeRequest(orderID: orderID, scope: .wholeOrder, reason: .superseded)
                again.certificatePEM = issued.certificatesPEM[0]
                #expect(try await provider.revoke(again, context: context).state == .done)
            }
        }
    }

    @Test(
        "whoever has the certificate's key revokes it, with the order or with the certificate itself",
        arguments: [false, true])
    func byKey(_ withCertificate: Bool) async throws {
        try await ACMEAccount.with { account in
            try await Pebble.with { pebble in
                let provider = try account.provider(pebble, ["hook_command": try account.hook(pebble)])
                let request = try account.request(["key.example.test"])
                let issued = try await provider.issue(request.issue, context: context)
                let serial = try account.serial(issued.certificatesPEM[0])
                // With the certificate, an account that never saw the order does.
                let revoker = withCertificate ? try account.provider(pebble, state: "other") : provider
                var revocation = RevokeRequest(
                    orderID: try #require(issued.orderID), scope: .wholeOrder, reason: .keyCompromise)
                revocation.certificatePEM = withCertificate ? issued.certificatesPEM[0] : nil

                revocation.certificateKey = Secret(P256.Signing.PrivateKey().pemRepresentation)
                let wrong = revocation
                let error = try await certificateError { try await revoker.revoke(wrong, context: context) }
                #expect(error.code != .outcomeUnknown)
                #expect(try await pebble.status(ofSerial: serial, through: account.transport).contains("Valid"))

                revocation.certificateKey = Secret(request.key.pemRepresentation)
                #expect(try await revoker.revoke(revocation, context: context).state == .done)
                #expect(try await pebble.status(ofSerial: serial, through: account.transport).contains("Revoked"))
            }
        }
    }

    @Test("an RSA key signs too: an account's and a certificate's")
    func rsa() async throws {
        try await ACMEAccount.with { account in
            try await Pebble.with { pebble in
                let accountKey = try account.openSSL.run(["genpkey", "-algorithm", "RSA", "-quiet"])
                let key = try account.openSSL.run(["genpkey", "-algorithm", "RSA", "-quiet"])
                let request = try account.request(["rsa.example.test"], key: key)
                let provider = try account.provider(
                    pebble,
                    [
                        "hook_command": try account.hook(pebble), "account_key": .secret(Secret(accountKey)),
                    ])
                let issued = try await provider.issue(request, context: context)
                #expect(issued.state == .issued)
                var revocation = RevokeRequest(
                    orderID: try #require(issued.orderID), scope: .wholeOrder, reason: .unspecified)
                revocation.certificateKey = Secret(key)
                #expect(try await provider.revoke(revocation, context: context).state == .done)
                let serial = try account.serial(issued.certificatesPEM[0])
                #expect(try await pebble.status(ofSerial: serial, through: account.transport).contains("Revoked"))
            }
        }
    }
}
