internal import CertProtocol
internal import HTTPTypes
internal import Hummingbird

/// Certificates as files ("Download certificate"). Nothing here is JSON but the chain; lines end with CRLF.
struct DigiCertDownloadRoutes: Sendable {
    let ledger: DigiCertLedger

    func add(to group: RouterGroup<SandboxContext>) {
        group.get("certificate/:certificate/download/format/:format") { _, parameters in
            try Self.file(try certificate(parameters), parameters.get("format") ?? "")
        }
        // Of the order's server platform; of all others the most usual form.
        group.get("certificate/:certificate/download/platform") { _, parameters in
            try Self.file(try certificate(parameters), "pem_all")
        }
        group.get("certificate/download/order/:order") { _, parameters in
            try Self.file(try current(parameters), "pem_all")
        }
        group.get("certificate/download/order/:order/format/:format") { _, parameters in
            try Self.file(try current(parameters), parameters.get("format") ?? "")
        }
        group.get("certificate/:certificate/chain") { _, parameters in
            let issued = try certificate(parameters)
            return .json([
                "intermediates": .array(
                    issued.chain.map {
                        ["subject_common_name": .string($0.commonName), "pem": .string(PEMText.withCRLF($0.pem))]
                    })
            ])
        }
    }

    private func certificate(_ parameters: Parameters) throws -> IssuedCertificate {
        try ledger.change { book in
            let (record, id) = try book.record(ofCertificate: parameters.get("certificate") ?? "")
            return try book.issued(id, of: record)
        }
    }

    /// The active certificate of the order, never a duplicate or an older one.
    private func current(_ parameters: Parameters) throws -> IssuedCertificate {
        try ledger.change { book in
            let record = try book.record(parameters.get("order") ?? "")
            guard let id = record.certificateID else { throw DigiCertBook.notIssued }
            return try book.issued(id, of: record)
        }
    }

    private static func file(_ issued: IssuedCertificate, _ format: String) throws -> Answer {
        let (leaf, intermediate, root) = (issued.leaf, issued.issuers.dropLast(), issued.issuers.suffix(1))
        switch format {
        case "pem_all": return .file(IssuedCertificate.pem([leaf] + intermediate + root), "application/x-pem-file")
        case "pem_noroot": return .file(IssuedCertificate.pem([leaf] + intermediate), "application/x-pem-file")
        case "pem_nointermediate": return .file(IssuedCertificate.pem([leaf] + root), "application/x-pem-file")
        case "pem", "crt": return .file(leaf.pem, "application/x-pem-file")
        case "p7b", "cer": return .file(try CertificateBag.pem(issued.chain), "application/x-pkcs7-certificates")
        default: throw DigiCertAnswers.badRequest("The sandbox does not serve the format \(format).")
        }
    }
}

extension Answer {
    fileprivate static func file(_ text: String, _ type: String) -> Answer {
        Answer(headers: [.contentType: type], body: .text(PEMText.withCRLF(text)))
    }
}
