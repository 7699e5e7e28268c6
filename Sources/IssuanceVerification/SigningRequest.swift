public import CertProtocol
internal import CryptoExtras
internal import Host
internal import SwiftASN1
internal import X509

/// A certificate signing request (PKCS #10), read and checked on this machine.
public struct SigningRequest: Sendable {
    /// The request alone, PEM, as it is sent.
    public let pem: String
    /// The common name of its subject.
    public let commonName: String?
    /// The DNS names of its alternative names.
    public let dnsNames: [String]
    /// The key for people: `EC P-256`, `RSA 2048`.
    public let keyDescription: String
    let publicKey: X509.Certificate.PublicKey

    /// The largest request that is read, in bytes.
    public static let sizeLimit = 64 << 10

    /// Reads a request, PEM with whatever text around it.
    ///
    /// - Parameter text: the request.
    /// - Throws: `invalid_request` where there is none or more than one, it can't be read, its signature isn't by its own key, or
    ///   the key is too weak for any public authority (RSA below 2048 bits: CA/Browser Forum Baseline Requirements, 6.1.5).
    public init(pem text: String) throws(CertProtocol.CertificateError) {
        guard text.utf8.count <= Self.sizeLimit else {
            throw Self.refusal("is larger than \(Self.sizeLimit) bytes")
        }
        let documents: [PEMDocument]
        let request: CertificateSigningRequest
        do {
            documents = try PEMDocument.parseMultiple(pemString: text)
        } catch {
            throw Self.refusal("is not readable as PEM", error)
        }
        if documents.contains(where: { $0.discriminator.hasSuffix("PRIVATE KEY") }) {
            throw Self.refusal("comes with a private key, which never leaves the machine; take the key out of the file")
        }
        guard let document = documents.first, documents.count == 1, Self.labels.contains(document.discriminator) else {
            throw Self.refusal("is not one PEM block BEGIN CERTIFICATE REQUEST")
        }
        do {
            request = try CertificateSigningRequest(derEncoded: document.derBytes)
        } catch {
            // The library reads no weaker key either, and doesn't say why.
            throw Self.refusal(
                "is not readable, or its key isn't one that is taken (RSA needs 2048 bits at least)", error)
        }
        guard request.publicKey.isValidSignature(request.signature, for: request) else {
            throw Self.refusal("is not signed by its own key; it is damaged, or was made for another key")
        }
        publicKey = request.publicKey
        keyDescription = Self.describe(request.publicKey)
        commonName = request.subject.commonName
        dnsNames = (try? request.attributes.extensionRequest?.extensions.subjectAlternativeNames)?.dnsNames ?? []
        pem = PEMDocument(type: "CERTIFICATE REQUEST", derBytes: document.derBytes).pemString + "\n"
    }

    /// Every name that it asks for, as lower-case A-labels, each once.
    public var names: [String] {
        var names: [String] = []
        for name in [commonName].compactMap(\.self) + dnsNames {
            let label = DomainName.normalized(name) ?? name
            if !names.contains(label) { names.append(label) }
        }
        return names
    }

    /// The names that it asks for and an order doesn't. Certificate authorities take the names from the order, so a certificate
    /// would lack them.
    ///
    /// - Parameter ordered: the names of the order.
    /// - Returns: the names that would be lost.
    public func namesMissing(from ordered: [String]) -> [String] {
        let ordered = Set(ordered.map { DomainName.normalized($0) ?? $0 })
        return names.filter { !ordered.contains($0) }
    }

    /// RFC 7468, section 7, and what older tools write.
    private static let labels: Set<String> = ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"]

    private static func refusal(_ what: String, _ error: (any Error)? = nil) -> CertProtocol.CertificateError {
        var refusal = CertProtocol.CertificateError(.invalidRequest, "The signing request \(what).")
        refusal.underlying = error
        return refusal
    }

    private static func describe(_ key: X509.Certificate.PublicKey) -> String {
        if let rsa = _RSA.Signing.PublicKey(key) { return "RSA \(rsa.keySizeInBits)" }
        let text = key.description
        for curve in ["256", "384", "521"] where text.hasPrefix("P\(curve)") { return "EC P-\(curve)" }
        return text.split(separator: ".").first.map(String.init) ?? text
    }
}

extension DistinguishedName {
    /// The first common name.
    var commonName: String? {
        for relative in self {
            for attribute in relative where attribute.type == .RDNAttributeType.commonName {
                return String(attribute.value)
            }
        }
        return nil
    }
}

extension SubjectAlternativeNames {
    /// The DNS names, in their order.
    var dnsNames: [String] {
        compactMap { if case .dnsName(let name) = $0 { name } else { nil } }
    }
}
