import Foundation
import IssuanceVerification
import Testing
import X509

import struct CertProtocol.CalendarDay
import struct CertProtocol.CertificateContents
import struct CertProtocol.CertificateError
import enum CertProtocol.ValidityPeriod

@Suite("What was issued is what was asked for")
struct VerificationTests {
    private let authority: TestAuthority
    private let verifier = X509IssuanceVerifier()

    init() throws { authority = try TestAuthority() }

    private func verify(
        _ certificates: [String], _ contents: CertificateContents, mayBeShorter: Bool = false
    ) throws(CertificateError) -> [String] {
        try verifier.verify(certificates, against: contents, mayBeShorter: mayBeShorter, now: TestAuthority.now)
    }

    private func mismatch(
        _ certificates: [String], _ contents: CertificateContents, mayBeShorter: Bool = false
    ) -> CertificateError? {
        do {
            _ = try verify(certificates, contents, mayBeShorter: mayBeShorter)
            return nil
        } catch {
            return error
        }
    }

    @Test("a chain that came upside down, twice, with CRLF and strangers between is put in order")
    func order() throws {
        let contents = try CertificateContents.ordering(["example.com", "www.example.com"])
        let leaf = try authority.issue(contents.signingRequest, names: ["example.com", "www.example.com"])
        let stranger = try TestAuthority(name: "Stranger")
        let mixed = [
            authority.root.pem, stranger.root.pem, "\(authority.intermediate.pem)\n\(leaf.pem)", leaf.pem,
        ].map { $0.replacingOccurrences(of: "\n", with: "\r\n") }
        let chain = try verify(mixed, contents)
        #expect(chain == [leaf, authority.intermediate, authority.root].map { $0.pem + "\n" })
        #expect(!chain.joined().contains("\r"))
    }

    @Test("a cross-signed intermediate is one more path, not a mismatch")
    func crossSigned() throws {
        let contents = try CertificateContents.ordering(["example.com"])
        let leaf = try authority.issue(contents.signingRequest, names: ["example.com"])
        let other = try TestAuthority(name: "Other")
        let cross = try TestAuthority.authority(
            "Test CA", authority.intermediateKey.publicKey, by: "Other Root", other.rootKey
        )
        let chain = try verify([leaf, cross, authority.intermediate, other.root].map(\.pem), contents)
        #expect(chain == [leaf, cross, other.root].map { $0.pem + "\n" })
    }

    @Test("a certificate for another key is a mismatch that carries it")
    func otherKey() throws {
        let contents = try CertificateContents.ordering(["example.com"])
        let other = try CertificateContents.ordering(["example.com"])
        let leaf = try authority.issue(other.signingRequest, names: ["example.com"])
        let error = try #require(mismatch([leaf, authority.intermediate].map(\.pem), contents))
        #expect(error.code == .verificationFailed)
        #expect(error.message.contains("public key"))
        #expect(error.certificate == leaf.pem + "\n")
    }

    @Test("where the authority makes the key, the certificate that is no authority's is checked for the rest")
    func ownKey() throws {
        let asked = try CertificateContents.ordering(["example.com"])
        let leaf = try authority.issue(asked.signingRequest, names: ["example.com"])
        var contents = asked
        contents.signingRequest = ""
        let chain = [authority.root.pem, authority.intermediate.pem, leaf.pem]
        #expect(try verify(chain, contents).first == leaf.pem + "\n")
        contents.dnsNames = ["api.example.com"]
        #expect(mismatch(chain, contents)?.message.contains("lacks api.example.com") == true)
        #expect(mismatch([authority.root.pem], contents)?.message.contains("authorities only") == true)
        #expect(verifier.isKey(of: chain, in: asked))
        #expect(!verifier.isKey(of: [authority.root.pem, "nonsense"], in: asked))
        #expect(!verifier.isKey(of: chain, in: contents))
    }

    @Test("of two certificates for the key the newer one is handed over")
    func newest() throws {
        let contents = try CertificateContents.ordering(["example.com"])
        let old = try authority.issue(
            contents.signingRequest, names: ["example.com"], from: TestAuthority.now - 50 * 86_400
        )
        let new = try authority.issue(contents.signingRequest, names: ["example.com"])
        #expect(try verify([old.pem, new.pem, authority.intermediate.pem], contents).first == new.pem + "\n")
    }

    @Test("a name that was asked for and isn't there is named; a further one is no mismatch")
    func names() throws {
        let contents = try CertificateContents.ordering(["example.com", "api.example.com"])
        let leaf = try authority.issue(contents.signingRequest, names: ["example.com"])
        let error = try #require(mismatch([leaf.pem, authority.intermediate.pem], contents))
        #expect(error.message.contains("it lacks api.example.com and has example.com"))
        let more = try authority.issue(
            contents.signingRequest, names: ["EXAMPLE.com", "www.example.com", "api.example.com"]
        )
        #expect(mismatch([more.pem, authority.intermediate.pem], contents) == nil)
        let none = try authority.issue(contents.signingRequest, names: [])
        #expect(mismatch([none.pem], contents)?.message.contains("has no names") == true)
    }

    @Test("a wildcard doesn't stand for a name that was asked for, and an international name is its A-label")
    func wildcard() throws {
        let contents = try CertificateContents.ordering(["예시.한국"])
        let wild = try authority.issue(contents.signingRequest, names: ["*.xn--3e0b707e"])
        #expect(mismatch([wild.pem, authority.intermediate.pem], contents) != nil)
        let right = try authority.issue(contents.signingRequest, names: ["xn--vv4b11d.xn--3e0b707e"])
        #expect(mismatch([right.pem, authority.intermediate.pem], contents)?.message == nil)
    }

    @Test("a chain that doesn't link is a mismatch; no chain at all is none")
    func links() throws {
        let contents = try CertificateContents.ordering(["example.com"])
        let leaf = try authority.issue(contents.signingRequest, names: ["example.com"])
        #expect(try verify([leaf.pem], contents) == [leaf.pem + "\n"])
        #expect(mismatch([leaf.pem, authority.root.pem], contents)?.message.contains("did not come with it") == true)
        let forged = try authority.issue(
            contents.signingRequest, names: ["example.com"], signedBy: try TestAuthority(name: "Test").intermediateKey
        )
        let error = mismatch([forged.pem, authority.intermediate.pem], contents)
        #expect(error?.message.contains("does not verify") == true)
        #expect(error?.certificate == forged.pem + "\n")
    }

    @Test("an issuer that is no authority, and an authority in the place of a server, are mismatches")
    func authorities() throws {
        let contents = try CertificateContents.ordering(["example.com"])
        let fake = try TestAuthority.authority(
            "Test CA", authority.intermediateKey.publicKey, by: "Test Root", authority.rootKey, isAuthority: false
        )
        let leaf = try authority.issue(contents.signingRequest, names: ["example.com"])
        #expect(mismatch([leaf.pem, fake.pem], contents)?.message.contains("no certificate authority") == true)
        let authorityLeaf = try authority.issue(contents.signingRequest, names: ["example.com"], isAuthority: true)
        #expect(mismatch([authorityLeaf.pem], contents)?.message.contains("of an authority") == true)
    }

    @Test(
        "validity is as asked, or cut to what public authorities may issue",
        arguments: [
            (199.0, nil, false, true),
            (90.0, ValidityPeriod.days(90), false, true),
            (91.0, .days(90), false, true),
            (120.0, .days(90), false, false),
            (30.0, .days(90), false, false),
            (30.0, .days(90), true, true),
            // Asked for a year, cut to the 199 days that are left of the public limit.
            (199.0, .years(1), false, true),
            (100.0, .years(1), false, false),
            (365.0, .years(1), false, true),
            (366.0, .years(1), false, true),
            (400.0, .years(1), false, false),
        ] as [(Double, ValidityPeriod?, Bool, Bool)]
    )
    func validity(days: Double, asked: ValidityPeriod?, mayBeShorter: Bool, isRight: Bool) throws {
        let contents = try CertificateContents.ordering(["example.com"], validity: asked)
        let leaf = try authority.issue(contents.signingRequest, names: ["example.com"], days: days)
        let error = mismatch([leaf.pem, authority.intermediate.pem], contents, mayBeShorter: mayBeShorter)
        #expect((error == nil) == isRight, "\(error?.message ?? "no mismatch")")
        if !isRight { #expect(error?.message.contains("valid until") == true) }
    }

    @Test("a certificate that is over, or begins much later, is a mismatch; one from a zone ahead is none")
    func time() throws {
        let contents = try CertificateContents.ordering(["example.com"])
        func leaf(_ start: Double, _ days: Double) throws -> [String] {
            [
                try authority.issue(
                    contents.signingRequest, names: ["example.com"], days: days,
                    from: TestAuthority.now + start * 86_400
                ).pem
            ]
        }
        #expect(mismatch(try leaf(-10, 5), contents)?.message.contains("ended") == true)
        #expect(mismatch(try leaf(30, 90), contents)?.message.contains("begins") == true)
        #expect(mismatch(try leaf(0.6, 90), contents) == nil)
    }

    @Test(
        "what is no certificate is a mismatch, never a crash",
        arguments: [
            [], [""], ["hello"], ["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"],
            ["-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n"],
            ["-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"],
        ]
    )
    func garbage(_ certificates: [String]) throws {
        let error = mismatch(certificates, try .ordering(["example.com"]))
        #expect(error?.code == .verificationFailed)
    }

    @Test("so many certificates that looking at them would take long are refused")
    func flood() throws {
        let contents = try CertificateContents.ordering(["example.com"])
        let leaves = try (0..<60).map { _ in try authority.issue(contents.signingRequest, names: ["example.com"]).pem }
        #expect(mismatch(leaves, contents)?.message.contains("60 certificates") == true)
    }
}
