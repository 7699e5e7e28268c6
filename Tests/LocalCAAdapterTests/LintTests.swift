import CertProtocol
import Foundation
import TestSupport
import Testing

/// What pkilint says of everything that a local authority signs.
@Suite("pkilint on a local CA", .enabled(if: Linter.isAvailable, "pkilint is missing; `make test` installs it"))
struct LintTests {
    /// What the Baseline Requirements want of a public authority, by pkilint's names.
    private static let inherent: Set<String> = [
        // A policy of the CA/Browser Forum, by which a certificate promises to follow the requirements.
        "cabf.serverauth.subscriber.certificate_policies_extension_absent",
        // Addresses of OCSP, revocation lists and issuer certificates: nothing is served, crl.pem is a file.
        "cabf.serverauth.subscriber.revocation_information_absent",
        "cabf.serverauth.subscriber.authority_info_access_extension_absent",
        "msft.end_entity.revocation_information_absent",
        // Not recommended, and what tools show and RFC 5280 recommends.
        "cabf.serverauth.dv.common_name_attribute_present",
        "cabf.serverauth.subscriber.subject_key_identifier_extension_present",
    ]
    /// Names that no public authority may vouch for: what a local one is for.
    private static let internalName = "cabf.internal_domain_name"
    /// One label is no domain name for pkilint.
    private static let oneLabel = "pkix.invalid_domain_name_syntax"

    @Test("finds nothing in the certificates by RFC 5280")
    func certificates() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            let long = String(repeating: "a", count: 60) + ".example.com"
            var certificates = Set<String>()
            for order in [
                try folder.order(), try folder.order("a.test", ["b.test", "www.localhost"], key: ["rsa:2048"]),
                try folder.order(long, product: "peer", key: ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"]),
                try folder.order(product: "client"),
            ] {
                certificates.formUnion(try await provider.issue(order, context: OperationContext()).certificatesPEM)
            }
            certificates.insert(try folder.text("root.pem"))
            #expect(certificates.count == 6)
            for certificate in certificates { #expect(try await Linter.certificate.findings(in: certificate) == []) }
            let lone = try await provider.issue(try folder.order("localhost"), context: OperationContext())
            #expect(try await Linter.certificate.findings(in: lone.certificatesPEM[0]) == [Self.oneLabel])
        }
    }

    @Test("finds nothing in a server's certificate by the Baseline Requirements but what only a public authority has")
    func baseline() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            for (order, more) in [
                (try folder.order("app.example.com", ["*.app.example.com"]), []),
                (try folder.order(key: ["rsa:2048"]), [Self.internalName]),
                // As long as the Baseline Requirements allow since March 2026.
                (try folder.order("long.example.com", validity: .days(199)), []),
            ] {
                let chain = try await provider.issue(order, context: OperationContext()).certificatesPEM
                let findings = try await Linter.serverCertificate.findings(
                    in: chain[0], ["-t", "DV-FINAL-CERTIFICATE"])
                #expect(findings == Self.inherent.union(more))
            }
        }
    }

    @Test("finds nothing in the revocation lists, empty or not")
    func lists() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            for round in 0..<2 {
                _ = try await provider.issue(try folder.order(), context: OperationContext())
                if round > 0 {
                    for (id, reason) in ["1": RevocationReason.keyCompromise, "2": .unspecified] {
                        _ = try await provider.revoke(
                            RevokeRequest(orderID: id, scope: .wholeOrder, reason: reason), context: OperationContext())
                    }
                }
                let lists = try folder.text("crl.pem").components(separatedBy: "-----BEGIN").dropFirst()
                    .map { "-----BEGIN" + $0 }
                #expect(lists.count == 2)
                for (list, type) in zip(lists, ["CRL", "ARL"]) {
                    #expect(try await Linter.revocationList.findings(in: list, ["-t", type, "-p", "PKIX"]) == [])
                }
            }
        }
    }
}
