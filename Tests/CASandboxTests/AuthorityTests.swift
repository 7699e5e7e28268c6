import Foundation
import TestSupport
import Testing

@testable import CASandbox

/// What the sandbox's own authority signs, as `openssl` and pkilint judge it.
struct AuthorityTests {
    private static func template(_ names: [String], organization: CertificateTemplate.Organization? = nil)
        -> CertificateTemplate
    {
        let start = Date(timeIntervalSince1970: (Date().timeIntervalSince1970 / 86_400).rounded(.down) * 86_400)
        return CertificateTemplate(
            commonName: names.first, dnsNames: Array(names.dropFirst()), organization: organization,
            notBefore: start, notAfter: start.addingTimeInterval(199 * 86_400 - 1)
        )
    }

    private static let organization = CertificateTemplate.Organization(
        name: "주식회사 예시클라우드", locality: "성남시", state: "경기도", country: "kr"
    )

    private static let keys: [[String]] = [
        ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"], ["rsa:2048"],
    ]

    @Test("a certificate verifies up to the root, and carries the key of the request", arguments: keys)
    func chain(key: [String]) throws {
        let openssl = try OpenSSL()
        defer { openssl.remove() }
        let authority = try SandboxAuthority()
        let made = try openssl.signingRequest("www.example.com", key: key)
        let issued = try authority.issue(
            Self.template(["www.example.com", "example.com"], organization: Self.organization),
            for: SigningRequest(made.request)
        )
        try openssl.verify(issued.chain.map(\.pem), root: authority.rootPEM)
        let leaf = try openssl.file(issued.leaf.pem)
        #expect(
            try openssl.run(["x509", "-in", leaf, "-noout", "-pubkey"])
                == openssl.run(["pkey", "-in", openssl.file(made.key), "-pubout"])
        )
        #expect(try openssl.run(["x509", "-in", leaf, "-noout", "-serial"]) == "serial=\(issued.serialNumber)\n")
        let fingerprint = try openssl.run(["x509", "-in", leaf, "-noout", "-fingerprint", "-sha1"])
        #expect(fingerprint.replacing(":", with: "").hasSuffix("=\(issued.thumbprint)\n"))
        let names = try openssl.run(["x509", "-in", leaf, "-noout", "-ext", "subjectAltName"])
        #expect(names.contains("DNS:www.example.com, DNS:example.com\n"))
    }

    // An asterisk in a name is beyond RFC 5280, which is the profile that is asked here.
    @Test(
        "pkilint finds nothing wrong with what is signed, nor with the authority's own certificates",
        .enabled(if: Linter.isAvailable, "pkilint is missing; `make test` installs it"), arguments: keys
    )
    func lint(key: [String]) async throws {
        let openssl = try OpenSSL()
        defer { openssl.remove() }
        let authority = try SandboxAuthority()
        let long = String(repeating: "a", count: 60) + ".example.com"
        for names in [["www.example.com", "example.com"], [long]] {
            let request = try SigningRequest(openssl.signingRequest("www.example.com", key: key).request)
            let issued = try authority.issue(Self.template(names, organization: Self.organization), for: request)
            let bare = try authority.issue(Self.template(names), for: request)
            for certificate in issued.chain + [bare.leaf] {
                #expect(try await Linter.certificate.findings(in: certificate.pem) == [])
            }
        }
    }

    @Test("a bag of certificates is one that openssl opens, in the order given")
    func bag() throws {
        let openssl = try OpenSSL()
        defer { openssl.remove() }
        let authority = try SandboxAuthority()
        let request = try SigningRequest(openssl.signingRequest("www.example.com").request)
        let issued = try authority.issue(Self.template(["www.example.com"]), for: request)
        let bag = try CertificateBag.pem(issued.chain)
        let printed = try openssl.run(["pkcs7", "-in", openssl.file(bag), "-print_certs"])
        let parts = printed.components(separatedBy: "-----BEGIN CERTIFICATE-----").dropFirst()
        #expect(parts.count == 3)
        #expect(parts.first?.contains(issued.leaf.pem.split(separator: "\n")[3]) == true)
    }

    @Test("a request is read with any line breaks, or none, and with or without its label")
    func spellings() throws {
        let openssl = try OpenSSL()
        defer { openssl.remove() }
        let pem = try openssl.signingRequest("www.example.com").request
        let base64 = pem.split(separator: "\n").dropFirst().dropLast().joined()
        for text in [pem, pem.replacing("\n", with: "\r\n"), pem.replacing("\n", with: ""), base64] {
            let request = try SigningRequest(text)
            #expect(request.commonName == "www.example.com")
            #expect(request.keySize == 256)
            #expect(request.pem == pem)
        }
    }

    @Test("what is no request, is signed by another key, or has a weak one, is refused")
    func refused() throws {
        let openssl = try OpenSSL()
        defer { openssl.remove() }
        let pem = try openssl.signingRequest("www.example.com").request
        for text in ["", "<csr>", "-----BEGIN CERTIFICATE REQUEST-----", String(pem.dropLast(200)), "AAAA"] {
            #expect(throws: SigningRequest.Problem.unreadable) { try SigningRequest(text) }
        }
        var bytes = try #require(Data(base64Encoded: pem.split(separator: "\n").dropFirst().dropLast().joined()))
        bytes[bytes.count - 1] ^= 1
        #expect(throws: SigningRequest.Problem.wrongSignature) { try SigningRequest(bytes.base64EncodedString()) }
        let weak = try openssl.signingRequest("www.example.com", key: ["rsa:1024"]).request
        #expect(throws: SigningRequest.Problem.unreadable) { try SigningRequest(weak) }
    }
}
