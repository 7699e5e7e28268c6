internal import CertProtocol

extension Certificate {
    /// A certificate of API v2.
    ///
    /// - Parameters:
    ///   - wire: the certificate.
    ///   - enclosingOrder: the id of the order around it, where it stands in one.
    ///   - provider: the id of the provider.
    init(_ wire: NCP.Certificate, enclosingOrder: String? = nil, provider: String) {
        self.init(
            provider: provider, status: NCPText.status(code: wire.statusCode), providerStatus: wire.statusCode,
            raw: wire.raw
        )
        orderID = wire.orderID ?? enclosingOrder
        certificateID = String(wire.certificateNo)
        commonName = wire.commonName.unlessBlank
        dnsNames = wire.dnsNames
        product = wire.certificateType.unlessBlank
        validation = NCPText.validation(ofType: wire.certificateType)
        serialNumber = wire.serialNumber.unlessBlank
        notBefore = NCPText.date(wire.notBefore)
        notAfter = NCPText.date(wire.notAfter)
        createdAt = NCPText.date(wire.registDate)
        issuedAt = NCPText.date(wire.issueDate)
        updatedAt = NCPText.date(wire.updateDate)
        subject = wire.subjectDN.unlessBlank
        accountID = wire.memberNo.unlessBlank
    }

    /// A certificate of API v1.
    init(_ wire: NCP.ExternalCertificate, provider: String) {
        self.init(
            provider: provider, status: NCPText.status(code: wire.statusCode), providerStatus: wire.statusCode,
            raw: wire.raw
        )
        certificateID = String(wire.certificateNo)
        commonName = wire.domainAddress.unlessBlank
        dnsNames = wire.subDomainAddress
        product = wire.certificateType.unlessBlank
        validation = NCPText.validation(ofType: wire.certificateType)
        serialNumber = wire.certSerialNumber.unlessBlank
        notBefore = NCPText.date(wire.validStartDate)
        notAfter = NCPText.date(wire.validEndDate)
        createdAt = NCPText.date(wire.regDate)
        issuedAt = NCPText.date(wire.issueDate)
        updatedAt = NCPText.date(wire.updateDate)
        subject = wire.dnInfo.unlessBlank
        accountID = wire.memberNo.unlessBlank
    }

    /// The rows of an order: its certificates, or the order itself where none was made yet.
    static func rows(of order: NCP.PaidOrder, provider: String) -> [Certificate] {
        guard order.certificates.isEmpty, order.problems.isEmpty else {
            return order.certificates.map { Certificate($0, enclosingOrder: order.orderID, provider: provider) }
        }
        var row = Certificate(provider: provider, status: .unknown(""), providerStatus: nil, raw: order.raw)
        row.orderID = order.orderID
        return [row]
    }

    /// The number of the certificate; 0 where it has none.
    var number: Int64 { certificateID.flatMap(Int64.init) ?? 0 }

    /// Whether a reissue starts from it rather than having made it, where the service says.
    var isOriginal: Bool { raw.string("issueType") == "ORIGINAL" }

    /// The common name and the further names, each once.
    var domains: [String] {
        var seen: Set<String> = []
        return ([commonName].compactMap(\.self) + (dnsNames ?? [])).filter { seen.insert($0).inserted }
    }

    /// The name in the console, which the unified model doesn't have.
    var consoleName: String? { raw.string("certificateName") }

    /// What tells this row from the others of the list.
    var listIdentity: String {
        certificateID.map { "certificate:\($0)" } ?? "order:\(orderID ?? "")"
    }
}
