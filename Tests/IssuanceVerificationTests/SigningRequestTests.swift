import Crypto
import CryptoExtras
import Foundation
import IssuanceVerification
import SwiftASN1
import Testing
import X509

import struct CertProtocol.CertificateError
import struct CertProtocol.Secret

@Suite("Keys and signing requests made on this machine")
struct SigningRequestTests {
    @Test("each kind of key makes a request that is signed by it", arguments: KeyAlgorithm.allCases)
    func generated(_ algorithm: KeyAlgorithm) throws {
        let key = try GeneratedKey(algorithm)
        let request = try SigningRequest(pem: key.signingRequest(for: ["Example.com", "www.example.com", "예시.한국"]))
        #expect(request.commonName == "example.com")
        #expect(request.dnsNames == ["example.com", "www.example.com", "xn--vv4b11d.xn--3e0b707e"])
        #expect(request.names == request.dnsNames)
        let sizes: [KeyAlgorithm: String] = [
            .ecP256: "EC P-256", .ecP384: "EC P-384", .rsa2048: "RSA 2048", .rsa3072: "RSA 3072", .rsa4096: "RSA 4096",
        ]
        #expect(request.keyDescription == sizes[algorithm])
        // The private key is PKCS #8 and the request's own.
        let csr = try CertificateSigningRequest(pemEncoded: request.pem)
        let read = try key.privateKeyPEM.withExposedValue { pem in
            #expect(pem.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
            return try X509.Certificate.PrivateKey(pemEncoded: pem)
        }
        #expect(read.publicKey == csr.publicKey)
        #expect("\(key)".contains("<redacted>"))
    }

    @Test("openssl takes the key and the request")
    func openssl() throws {
        let folder = try TemporaryFolder()
        let key = try GeneratedKey(.ecP384)
        try PrivateKeyFile.write(key.privateKeyPEM, to: folder.path + "/key.pem")
        try key.signingRequest(for: ["example.com"]).write(
            toFile: folder.path + "/request.pem", atomically: true, encoding: .utf8
        )
        let verified = try folder.openssl("req", "-in", "request.pem", "-verify", "-noout", "-text")
        #expect(verified.status == 0)
        #expect(verified.output.contains("DNS:example.com"))
        let fromKey = try folder.openssl("pkey", "-in", "key.pem", "-pubout")
        let fromRequest = try folder.openssl("req", "-in", "request.pem", "-pubkey", "-noout")
        #expect(fromKey.output == fromRequest.output)
        #expect(fromKey.output.hasPrefix("-----BEGIN PUBLIC KEY-----"))
    }

    @Test("a request that openssl made is read, with text around it and its older label")
    func foreign() throws {
        let folder = try TemporaryFolder()
        let made = try folder.openssl(
            "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-subj", "/O=Example/CN=example.com",
            "-addext", "subjectAltName=DNS:example.com,DNS:*.example.com,IP:192.0.2.1", "-text"
        )
        #expect(made.status == 0)
        let older = made.output.replacingOccurrences(of: "CERTIFICATE REQUEST", with: "NEW CERTIFICATE REQUEST")
        for text in [made.output, older, made.output.replacingOccurrences(of: "\n", with: "\r\n")] {
            let request = try SigningRequest(pem: text)
            #expect(request.commonName == "example.com")
            #expect(request.dnsNames == ["example.com", "*.example.com"])
            #expect(request.pem.hasPrefix("-----BEGIN CERTIFICATE REQUEST-----\n"))
            #expect(request.namesMissing(from: ["EXAMPLE.com"]) == ["*.example.com"])
        }
    }

    @Test("what isn't one sound request is refused, and says why")
    func refused() throws {
        let good = try GeneratedKey().signingRequest(for: ["example.com"])
        let weak = try weakRequest()
        var bytes = try #require(Data(base64Encoded: good.split(separator: "\n").dropFirst().dropLast().joined()))
        bytes[bytes.count - 1] ^= 1
        let damaged =
            "-----BEGIN CERTIFICATE REQUEST-----\n\(bytes.base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed]))\n-----END CERTIFICATE REQUEST-----\n"
        let key = try GeneratedKey().privateKeyPEM.withExposedValue(\.self)
        let cases: [(String, String)] = [
            ("", "not one PEM block"), ("hello", "not one PEM block"), (good + good, "not one PEM block"),
            (good + key, "private key"), (key, "private key"), (damaged, "not signed by its own key"),
            (weak, "2048 bits at least"), (String(repeating: "x", count: 70_000), "larger than"),
            (
                "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n", "not readable"
            ),
        ]
        for (text, reason) in cases {
            do {
                _ = try SigningRequest(pem: text)
                Issue.record("This was taken: \(reason)")
            } catch {
                #expect(error.code == .invalidRequest)
                #expect(error.message.contains(reason), "\(error.message)")
                #expect(!error.message.contains("PRIVATE KEY"))
            }
        }
    }

    private func weakRequest() throws -> String {
        let folder = try TemporaryFolder()
        return try folder.openssl(
            "req", "-new", "-newkey", "rsa:1024", "-nodes", "-keyout", "key.pem", "-subj", "/CN=example.com"
        ).output
    }

    @Test("names that are none make no request; a long first name is no common name")
    func names() throws {
        let key = try GeneratedKey()
        #expect(throws: CertificateError(.invalidRequest, "")) { try key.signingRequest(for: []) }
        #expect(throws: CertificateError(.invalidRequest, "")) { try key.signingRequest(for: ["a b"]) }
        let long = String(repeating: "a", count: 60) + ".example.com"
        let request = try SigningRequest(pem: key.signingRequest(for: [long]))
        #expect(request.commonName == nil)
        #expect(request.names == [long])
    }

    @Test("algorithms are named as people write them")
    func algorithmNames() {
        #expect(KeyAlgorithm(name: "P256") == .ecP256)
        #expect(KeyAlgorithm(name: "EC-P384") == .ecP384)
        #expect(KeyAlgorithm(name: "rsa_3072") == .rsa3072)
        #expect(KeyAlgorithm(name: "rsa1024") == nil)
        #expect(KeyAlgorithm(name: "") == nil)
        for algorithm in KeyAlgorithm.allCases { #expect(KeyAlgorithm(name: algorithm.rawValue) == algorithm) }
    }
}

@Suite("Key files")
struct PrivateKeyFileTests {
    private let key = Secret("-----BEGIN PRIVATE KEY-----\nFAKE\n-----END PRIVATE KEY-----\n")

    @Test("a key file is its owner's alone, whatever the umask")
    func mode() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/key.pem"
        try PrivateKeyFile.write(key, to: path)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try String(contentsOfFile: path, encoding: .utf8).contains("FAKE"))
    }

    @Test("a file that exists is never written over, nor one behind a link")
    func exists() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/key.pem"
        try "precious".write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link", withDestinationPath: folder.path + "/elsewhere"
        )
        for target in [path, folder.path + "/link", folder.path, folder.path + "/none/key.pem"] {
            do {
                try PrivateKeyFile.write(key, to: target)
                Issue.record("It was written.")
            } catch {
                #expect(error.code == .invalidRequest)
                #expect(!error.message.contains("FAKE"))
            }
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/elsewhere"))
    }
}
