internal import FoundationEssentials

/// A certificate, PEM, and the two names in it that tell how certificates form a chain. Nothing else of it is read.
public struct PEMCertificate: Sendable, Hashable {
    /// The certificate, PEM (RFC 7468): lines of 64 characters that end with LF, the last one too.
    public let text: String
    /// The certificate, DER.
    public let bytes: [UInt8]
    /// Subject and issuer as they are encoded; `nil` where the bytes aren't a certificate's.
    let names: CertificateNames?

    /// The certificate of these DER bytes.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
        names = CertificateNames(certificate: bytes)
        text = Self.text(bytes, label: "CERTIFICATE")
    }

    /// Two are equal when their bytes are.
    public static func == (left: PEMCertificate, right: PEMCertificate) -> Bool { left.bytes == right.bytes }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

    /// The certificates in a text, in the order that they stand in. Line breaks may be CRLF, LF, or missing; text between
    /// the certificates is passed over.
    ///
    /// - Returns: the certificates; `nil` where one of them is cut off or isn't base64 of a certificate.
    public static func all(in text: String) -> [PEMCertificate]? {
        let begin = "-----BEGIN CERTIFICATE-----"
        let end = "-----END CERTIFICATE-----"
        var certificates: [PEMCertificate] = []
        var rest = text[...]
        while let start = rest.firstRange(of: begin) {
            rest = rest[start.upperBound...]
            guard let stop = rest.firstRange(of: end) else { return nil }
            let base64 = rest[..<stop.lowerBound].filter { !$0.isWhitespace }
            guard let bytes = Data(base64Encoded: base64) else { return nil }
            let certificate = PEMCertificate(bytes: Array(bytes))
            guard certificate.names != nil else { return nil }
            certificates.append(certificate)
            rest = rest[stop.upperBound...]
        }
        return certificates
    }

    /// The common name of its issuer (RFC 5280, section 4.1.2.4); `nil` where the issuer has none, or the bytes aren't a
    /// certificate's.
    public var issuerCommonName: String? { names.flatMap { CertificateNames.commonName(of: $0.issuer) } }

    /// Whether it names the other one as its issuer.
    func isIssued(by other: PEMCertificate) -> Bool {
        guard let names, let others = other.names else { return false }
        return names.issuer == others.subject
    }

    private static func text(_ bytes: [UInt8], label: String) -> String {
        var lines = ["-----BEGIN \(label)-----"]
        var rest = Data(bytes).base64EncodedString()[...]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(64)))
            rest = rest.dropFirst(64)
        }
        return (lines + ["-----END \(label)-----", ""]).joined(separator: "\n")
    }
}

extension Sequence<PEMCertificate> {
    /// The certificates as one chain: the leaf, then whoever signed the one before, as far as they are here.
    ///
    /// Certificate authorities send them in one order or another, send one twice, and add roots that are signed by other
    /// roots. The leaf is the first that no other one names as its issuer, one of an own root aside. Where several have the
    /// name of an issuer (a root, and the same root signed by another one), the one that was sent first is taken. What is not
    /// part of the chain is left out.
    public func chain() -> [PEMCertificate] {
        var seen: Set<PEMCertificate> = []
        var rest = filter { seen.insert($0).inserted }
        let leaf = rest.firstIndex { candidate in
            !candidate.isIssued(by: candidate)
                && !rest.contains { $0 != candidate && $0.isIssued(by: candidate) }
        }
        guard let leaf = leaf ?? rest.indices.first else { return [] }
        var chain = [rest.remove(at: leaf)]
        while let last = chain.last, !last.isIssued(by: last),
            let next = rest.firstIndex(where: { last.isIssued(by: $0) })
        {
            chain.append(rest.remove(at: next))
        }
        return chain
    }
}
