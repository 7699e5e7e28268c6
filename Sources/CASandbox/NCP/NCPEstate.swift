internal import CertProtocol

/// The account at NAVER Cloud: the documentation's samples, then generated records, all by position.
struct NCPEstate: Sendable {
    /// How many orders are generated.
    let orders: Int
    /// The day that generated validity is relative to.
    let today: Int

    var orderCount: Int { orders + 1 }

    func order(at position: Int) -> NCPOrder { position == 0 ? .sample : .generated(position - 1) }

    func order(id: String) -> NCPOrder? {
        if id == NCPOrder.sample.id { return .sample }
        guard let number = Int(id), number >= NCPOrder.firstGeneratedID,
            number - NCPOrder.firstGeneratedID < orders
        else { return nil }
        return .generated(number - NCPOrder.firstGeneratedID)
    }

    // MARK: - Certificates

    /// Orders come in threes with four certificates: two, one, one.
    private var paidCount: Int { orders + (orders + 2) / 3 }

    /// One generated Cloud Basic certificate for every ten orders.
    private var cloudCount: Int { orders / 10 }

    /// Every certificate of API 2.0: the samples, the paid ones, the Cloud Basic ones.
    var certificateCount: Int { 2 + paidCount + cloudCount }

    func certificate(at position: Int) -> NCPCertificate {
        switch position {
        case 0: return .paidSample
        case 1: return .cloudSample
        case 2..<(2 + paidCount):
            let (block, rest) = (position - 2).quotientAndRemainder(dividingBy: 4)
            return .paid(order: block * 3 + max(0, rest - 1), position: rest == 1 ? 1 : 0)
        default: return .cloud(position - 2 - paidCount)
        }
    }

    var cloudCertificateCount: Int { 1 + cloudCount }

    func cloudCertificate(at position: Int) -> NCPCertificate { position == 0 ? .cloudSample : .cloud(position - 1) }

    func certificate(number text: String) -> NCPCertificate? {
        guard let number = Int64(text) else { return nil }
        switch number {
        case NCPCertificate.paidSample.number: return .paidSample
        case NCPCertificate.cloudSample.number: return .cloudSample
        case NCPCertificate.firstCloudNumber..<(NCPCertificate.firstCloudNumber + Int64(cloudCount)):
            return .cloud(Int(number - NCPCertificate.firstCloudNumber))
        case NCPCertificate.firstPaidNumber..<(NCPCertificate.firstPaidNumber + 2 * Int64(orders)):
            let (order, position) = Int(number - NCPCertificate.firstPaidNumber).quotientAndRemainder(dividingBy: 2)
            let certificates = NCPOrder.generated(order).certificates
            return position < certificates.count ? certificates[position] : nil
        default: return nil
        }
    }
}
