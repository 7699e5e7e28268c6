internal import CertProtocol
internal import FoundationEssentials

/// What has been ordered, registered and changed in one zone, over the estate that is computed.
///
/// A value: routes read a copy, so that a page is of one moment.
struct NCPBook: Sendable {
    static let externalType = "EXTERNAL"
    /// Beyond every number that the estate computes.
    private static let firstNumber: Int64 = 20_000_000
    private static let firstOrderID = 2_000_001

    let estate: NCPEstate
    let authority: SandboxAuthority

    /// Certificates that aren't as the estate computes them, or that it doesn't have.
    private(set) var made: [Int64: NCPMadeCertificate] = [:]
    /// Those of them that the estate doesn't have, oldest first.
    private(set) var newNumbers: [Int64] = []
    /// Orders that aren't as the estate computes them, or that it doesn't have.
    private(set) var orders: [String: NCPMadeOrder] = [:]
    /// Those of them that the estate doesn't have, oldest first.
    private(set) var newOrders: [String] = []
    /// The sample of API 1.0, as long as it is there.
    private(set) var hasExternalSample = true
    /// Domains whose control is proven by a record that stays.
    var persistentDomains: Set<String> = []
    /// Signed forms of certificates that the estate computes.
    private var signed: [Int64: NCPMadeCertificate.Text] = [:]

    init(estate: NCPEstate, authority: SandboxAuthority) {
        self.estate = estate
        self.authority = authority
    }

    // MARK: - Certificates

    var nextNumber: Int64 { Self.firstNumber + Int64(newNumbersEver) }
    private var newNumbersEver = 0

    var certificateCount: Int { estate.certificateCount + newNumbers.count }

    func certificate(at position: Int) -> NCPCertificate {
        guard position < estate.certificateCount else {
            return current(newNumbers[position - estate.certificateCount]) ?? .cloudSample
        }
        let computed = estate.certificate(at: position)
        return current(computed.number) ?? computed
    }

    private var newCloudNumbers: [Int64] = []

    var cloudCertificateCount: Int { estate.cloudCertificateCount + newCloudNumbers.count }

    func cloudCertificate(at position: Int) -> NCPCertificate {
        guard position < estate.cloudCertificateCount else {
            return current(newCloudNumbers[position - estate.cloudCertificateCount]) ?? .cloudSample
        }
        let computed = estate.cloudCertificate(at: position)
        return current(computed.number) ?? computed
    }

    func certificate(number text: String) -> NCPCertificate? {
        Int64(text).flatMap(current) ?? estate.certificate(number: text)
    }

    private func current(_ number: Int64) -> NCPCertificate? { made[number].map(NCPCertificate.made) }

    /// The items of API 1.0: its sample, and what was made since.
    var externalItems: [JSONNode] {
        (hasExternalSample ? NCPAccountRecords.externalCertificates : [])
            + newNumbers.compactMap { made[$0]?.externalItem }
    }

    /// Whether the account has a certificate of that name.
    func isTaken(_ name: String) -> Bool {
        externalItems.contains { JSONValue($0).string("certificateName") == name }
            || ["sample", "paid", "cloud"].contains { name.hasPrefix($0) }
                && (0..<estate.certificateCount).contains { estate.certificate(at: $0).name == name }
    }

    /// Adds a certificate, or puts one in the place of another of that number.
    mutating func put(_ certificate: NCPMadeCertificate) {
        if made[certificate.number] == nil, estate.certificate(number: "\(certificate.number)") == nil {
            newNumbers.append(certificate.number)
            newNumbersEver += 1
            if certificate.type == NCPCertificate.cloudType { newCloudNumbers.append(certificate.number) }
        }
        made[certificate.number] = certificate
    }

    /// A certificate in a form that can be changed.
    ///
    /// - Throws: the refusal where there is none.
    func changeable(_ number: Int64) throws -> NCPMadeCertificate {
        if let certificate = made[number] { return certificate }
        guard let computed = estate.certificate(number: "\(number)") else { throw NCPAnswers.noCertificate }
        let item = JSONValue(computed.item(today: estate.today))
        let names = item.strings("dnsName") ?? []
        return NCPMadeCertificate(
            number: number, name: computed.name, commonName: computed.commonName,
            dnsNames: names.flatMap { $0.split(separator: ",").map(String.init) }, type: computed.type,
            orderID: computed.orderID, registered: Self.date(item, "registDate") ?? Date(),
            changed: Self.date(item, "updateDate") ?? Date(),
            status: NCPMadeCertificate.Status(rawValue: computed.status.code) ?? .failed,
            text: computed.isIssued ? try signed[number] ?? signedText(of: computed) : nil
        )
    }

    /// Takes a certificate out of the account. One of the estate stays in its lists as deleted.
    mutating func remove(_ number: Int64, now: Date) throws {
        if let position = newNumbers.firstIndex(of: number) {
            newNumbers.remove(at: position)
            newCloudNumbers.removeAll { $0 == number }
            made[number] = nil
            for id in orders.keys { orders[id]?.certificates.removeAll { $0 == number } }
        } else {
            var certificate = try changeable(number)
            certificate.status = .deleted
            certificate.changed = now
            put(certificate)
        }
    }

    mutating func removeExternalSample() { hasExternalSample = false }

    // MARK: - Orders

    var nextOrderID: String { "\(Self.firstOrderID + newOrders.count)" }

    var orderCount: Int { estate.orderCount + newOrders.count }

    func order(at position: Int) -> NCPOrder {
        let computed = position < estate.orderCount ? estate.order(at: position) : nil
        let id = computed?.id ?? newOrders[position - estate.orderCount]
        return order(id: id) ?? .sample
    }

    func order(id: String) -> NCPOrder? {
        if let order = orders[id] {
            return .made(order, order.certificates.compactMap { certificate(number: "\($0)") })
        }
        guard let computed = estate.order(id: id) else { return nil }
        // Where a certificate isn't as computed, neither is its order.
        guard computed.certificates.contains(where: { made[$0.number] != nil }) else { return computed }
        return (try? changeableOrder(id)).map { order in
            .made(order, order.certificates.compactMap { certificate(number: "\($0)") })
        }
    }

    /// An order in a form that can be changed.
    ///
    /// - Throws: the refusal where there is none.
    func changeableOrder(_ id: String) throws -> NCPMadeOrder {
        if let order = orders[id] { return order }
        guard let computed = estate.order(id: id) else { throw NCPAnswers.noOrder }
        let item = JSONValue(.object(computed.subscription(today: estate.today)))
        return NCPMadeOrder(
            id: id, years: Int(item.integer("subscriptionYears") ?? 1), start: Self.date(item, "subscriptionStartDt"),
            end: Self.date(item, "subscriptionEndDt"), certificates: computed.certificates.map(\.number)
        )
    }

    mutating func put(_ order: NCPMadeOrder) {
        if orders[order.id] == nil, estate.order(id: order.id) == nil { newOrders.append(order.id) }
        orders[order.id] = order
    }

    // MARK: - Signed forms

    /// A certificate with those above it. What the estate computes is signed when somebody wants it first, for a key that
    /// nobody has.
    ///
    /// - Throws: the refusal where nothing was issued.
    mutating func text(of certificate: NCPCertificate) throws -> NCPMadeCertificate.Text {
        if case .made(let certificate) = certificate {
            guard let text = certificate.text else { throw NCPAnswers.noCertificate }
            return text
        }
        if let text = signed[certificate.number] { return text }
        let text = try signedText(of: certificate)
        signed[certificate.number] = text
        return text
    }

    private func signedText(of certificate: NCPCertificate) throws -> NCPMadeCertificate.Text {
        let item = JSONValue(certificate.item(today: estate.today))
        let names = (item.strings("dnsName") ?? []).flatMap { $0.split(separator: ",").map(String.init) }
        let end = Self.date(item, "notAfter") ?? Date().addingTimeInterval(86_400)
        let start = Self.date(item, "notBefore") ?? end.addingTimeInterval(-199 * 86_400)
        // Serial numbers of the estate may have an odd number of digits, which no bytes have.
        let serial = item.string("serialNumber").map { $0.count.isMultiple(of: 2) ? $0 : String($0.dropFirst()) }
        let template = CertificateTemplate(
            commonName: certificate.commonName, dnsNames: names, notBefore: start, notAfter: end
        )
        return Self.text(try authority.issue(template, serialNumber: serial), keyInfo: "EC 256")
    }

    /// Has the authority sign.
    func sign(_ template: CertificateTemplate, for request: SigningRequest) throws -> NCPMadeCertificate.Text {
        let keyInfo = "\(request.isRSA ? "RSA" : "EC") \(request.keySize)"
        return Self.text(try authority.issue(template, for: request), keyInfo: keyInfo)
    }

    private static func text(_ issued: IssuedCertificate, keyInfo: String) -> NCPMadeCertificate.Text {
        NCPMadeCertificate.Text(
            certificate: PEMText.withCRLF(issued.leaf.pem),
            intermediate: issued.issuers.first.map { PEMText.withCRLF($0.pem) },
            root: issued.issuers.dropFirst().last.map { PEMText.withCRLF($0.pem) },
            serialNumber: issued.serialNumber, issuer: "cn=\(issued.leaf.issuerCommonName)", keyInfo: keyInfo,
            notBefore: issued.notBefore, notAfter: issued.notAfter
        )
    }

    private static func date(_ item: JSONValue, _ name: String) -> Date? {
        item.string(name).flatMap { CertificateDate($0, assumingOffset: 9 * 3600) }?.startInUTC
    }
}
