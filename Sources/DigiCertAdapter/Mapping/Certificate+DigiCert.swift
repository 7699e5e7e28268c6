internal import CertProtocol

extension Certificate {
    /// The certificate of an order; an order that has none yet is a record too.
    ///
    /// - Parameters:
    ///   - order: the order.
    ///   - raw: what to keep of the JSON.
    ///   - provider: the id of the provider.
    init(_ order: DigiCert.OrderBase, raw: JSONValue, provider: String) {
        let word = order.certificate?.status.nonEmpty ?? order.status
        self.init(provider: provider, status: CertificateStatus(digiCert: word), providerStatus: word, raw: raw)
        if let certificate = order.certificate { apply(certificate) }
        orderID = String(order.id)
        product = order.product?.nameID ?? order.productNameID
        validation = order.validation
        createdAt = createdAt ?? order.dateCreated
        issuedAt = issuedAt ?? order.dateIssued
        organization = order.organization?.name
        accountID = order.subaccount?.accountID.map { String($0) }
        notListed = NotListed(
            duplicates: Self.count(order.duplicatesCount, order.hasDuplicates),
            reissues: Self.count(order.reissuesCount, order.hasReissues)
        )
    }

    /// A duplicate or a reissue.
    ///
    /// - Parameters:
    ///   - item: the item of the list.
    ///   - order: the order that was asked for.
    ///   - raw: the item's JSON.
    ///   - provider: the id of the provider.
    init(_ item: DigiCert.DuplicateCertificate, order: String, raw: JSONValue, provider: String) {
        self.init(
            provider: provider, status: CertificateStatus(digiCert: item.status), providerStatus: item.status, raw: raw
        )
        apply(item.details)
        orderID = order
    }

    private mutating func apply(_ certificate: DigiCert.CertificateDetails) {
        certificateID = certificate.id.map { String($0) }
        commonName = certificate.commonName
        // Before May 2022 one blank name stood for none.
        dnsNames = certificate.dnsNames?.filter { name in name.contains { !$0.isWhitespace } }
        serialNumber = certificate.serialNumber
        thumbprint = certificate.thumbprint
        notBefore = certificate.validFrom
        notAfter = certificate.validTill
        createdAt = certificate.dateCreated
        issuedAt = certificate.dateIssued
    }

    /// Older answers have only the flag.
    private static func count(_ count: Int?, _ hasAny: Bool?) -> Int {
        max(0, count ?? (hasAny == true ? 1 : 0))
    }
}

extension DigiCert.OrderBase {
    /// What is validated, in lower case.
    var validation: String? { product?.validationType.nonEmpty?.lowercased() }
}

extension String? {
    /// `nil` where the text is empty.
    var nonEmpty: String? { self == "" ? nil : self }
}
