internal import CertProtocol
internal import FoundationEssentials

extension DigiCertBook {
    /// What a download of a certificate that doesn't exist yet is answered. No page documents the code.
    static let notIssued = DigiCertAnswers.unknown("certificate")

    /// The signed form of a certificate.
    ///
    /// Those of the samples and of generated orders are made up; they are signed when somebody wants them first, for a key
    /// that nobody has, with the serial number, names and days that the API shows of them.
    ///
    /// - Throws: the refusal for a certificate that isn't issued.
    mutating func issued(_ id: Int64, of record: DigiCertOrderRecord) throws -> IssuedCertificate {
        if let made = record.certificates[id] {
            guard let issued = made.issued else { throw Self.notIssued }
            return issued
        }
        if let made = madeUp[id] { return made }
        let issued = try sign(madeUp: shown(id, of: record))
        madeUp[id] = issued
        return issued
    }

    /// What the API shows of a certificate that wasn't made here.
    private func shown(_ id: Int64, of record: DigiCertOrderRecord) throws -> JSONValue {
        if id == record.base.certificateID {
            guard let row = JSONValue(record.base.listRow).object("certificate") else { throw Self.notIssued }
            return row
        }
        let copies = record.base.duplicates(showingArchived: true) + record.base.reissues
        guard let copy = copies.map({ JSONValue($0) }).first(where: { $0.integer("id") == id }) else {
            throw Self.notIssued
        }
        return copy
    }

    private func sign(madeUp certificate: JSONValue) throws -> IssuedCertificate {
        guard case .day(let from)? = certificate.string("valid_from").flatMap({ CertificateDate($0) }),
            case .day(let till)? = certificate.string("valid_till").flatMap({ CertificateDate($0) })
        else { throw Self.notIssued }
        let names = (certificate.strings("dns_names") ?? []).filter { !$0.isEmpty && $0.utf8.allSatisfy { $0 < 128 } }
        let template = CertificateTemplate(
            commonName: certificate.string("common_name"), dnsNames: names, notBefore: from.startInUTC,
            notAfter: till.startInUTC.addingTimeInterval(86_399)
        )
        return try authority.issue(template, serialNumber: certificate.string("serial_number"))
    }
}
