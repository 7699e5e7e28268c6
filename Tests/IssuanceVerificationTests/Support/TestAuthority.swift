import Crypto
import Foundation
import IssuanceVerification
import SwiftASN1
import X509

import struct CertProtocol.CertificateContents
import enum CertProtocol.ValidityPeriod

/// A root and an intermediate that were made in code, and what they sign.
struct TestAuthority {
    typealias Certificate = X509.Certificate

    static let now = Date(timeIntervalSince1970: 1_780_000_000)

    let rootKey = Certificate.PrivateKey(P384.Signing.PrivateKey())
    let intermediateKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
    let root: Certificate
    let intermediate: Certificate
    let name: String

    init(name: String = "Test") throws {
        self.name = name
        root = try Self.authority("\(name) Root", rootKey.publicKey, by: "\(name) Root", rootKey)
        intermediate = try Self.authority("\(name) CA", intermediateKey.publicKey, by: "\(name) Root", rootKey)
    }

    static func name(_ common: String) throws -> DistinguishedName { try DistinguishedName { CommonName(common) } }

    static func authority(
        _ name: String, _ key: Certificate.PublicKey, by issuer: String, _ issuerKey: Certificate.PrivateKey,
        isAuthority: Bool = true
    ) throws -> Certificate {
        try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key,
            notValidBefore: now - 1000 * 86_400, notValidAfter: now + 3000 * 86_400, issuer: Self.name(issuer),
            subject: Self.name(name), signatureAlgorithm: .ecdsaWithSHA384,
            extensions: try Certificate.Extensions {
                Critical(
                    isAuthority
                        ? BasicConstraints.isCertificateAuthority(maxPathLength: nil)
                        : BasicConstraints.notCertificateAuthority
                )
            }, issuerPrivateKey: issuerKey
        )
    }

    /// Signs a request, as an authority does: key of the request, names of the order.
    func issue(
        _ request: String, names: [String], days: Double = 199, from start: Date = now, isAuthority: Bool = false,
        issuer: String? = nil, signedBy key: Certificate.PrivateKey? = nil
    ) throws -> Certificate {
        let csr = try CertificateSigningRequest(pemEncoded: request)
        return try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: csr.publicKey, notValidBefore: start,
            notValidAfter: start + days * 86_400, issuer: Self.name(issuer ?? "\(name) CA"),
            subject: Self.name(names.first ?? "none"), signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                if isAuthority { Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil)) }
                if !names.isEmpty { SubjectAlternativeNames(names.map { .dnsName($0) }) }
            }, issuerPrivateKey: key ?? intermediateKey
        )
    }
}

extension X509.Certificate {
    var pem: String { (try? serializeAsPEM().pemString) ?? "" }
}

extension CertificateContents {
    /// What an order for names asks for, with a key of its own.
    static func ordering(_ names: [String], validity: ValidityPeriod? = nil) throws -> CertificateContents {
        let key = try GeneratedKey()
        return CertificateContents(
            signingRequest: try key.signingRequest(for: names), commonName: names[0],
            dnsNames: Array(names.dropFirst()), validity: validity
        )
    }
}
