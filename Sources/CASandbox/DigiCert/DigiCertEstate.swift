internal import CertProtocol

/// The main account's orders, ascending by id and by date of creation: the documentation's samples, then generated
/// ones.
struct DigiCertEstate: Sendable {
    private static let samples: [any DigiCertOrder] = [
        DigiCertSampleOrder.needsApproval, DigiCertSampleOrder.issued,
    ]

    /// How many orders are generated.
    let orders: Int
    /// The day that generated validity is relative to.
    let today: Int

    var count: Int { Self.samples.count + orders }

    var subaccountOrders: DigiCertSubaccountOrders { DigiCertSubaccountOrders(generated: orders, today: today) }

    func order(at position: Int) -> any DigiCertOrder {
        position < Self.samples.count
            ? Self.samples[position]
            : DigiCertGeneratedOrder(index: position - Self.samples.count, today: today)
    }

    /// The order with that id.
    func order(id text: String) -> (any DigiCertOrder)? {
        guard let id = Int64(text) else { return nil }
        if let sample = Self.samples.first(where: { $0.id == id }) { return sample }
        let (index, overflow) = id.subtractingReportingOverflow(DigiCertGeneratedOrder.firstID)
        return overflow ? nil : generated(at: Int(index))
    }

    /// The order with that id, or whose primary certificate has that serial number or thumbprint.
    func order(matching text: String) -> (any DigiCertOrder)? {
        if let order = order(id: text) { return order }
        let digits = text.uppercased()
        if let sample = Self.samples.first(where: { $0.serialNumber == digits || $0.thumbprint == digits }) {
            return sample
        }
        guard let index = DigiCertGeneratedOrder.index(ofCertificate: digits),
            let order = generated(at: index), order.serialNumber != nil
        else { return nil }
        return order
    }

    /// The order that a certificate belongs to, its duplicates and reissues included.
    func order(ofCertificate id: Int64) -> (any DigiCertOrder)? {
        if let sample = Self.samples.first(where: { $0.certificateIDs.contains(id) }) { return sample }
        guard id >= DigiCertGeneratedOrder.firstCertificateID else { return nil }
        let order = generated(at: Int((id - DigiCertGeneratedOrder.firstCertificateID) / 10))
        return order.flatMap { $0.certificateIDs.contains(id) ? $0 : nil }
    }

    /// The order that a request belongs to.
    func order(ofRequest id: Int64) -> (any DigiCertOrder)? {
        if let sample = Self.samples.first(where: { $0.requestIDs.contains(id) }) { return sample }
        let order = generated(at: Int(id / 10))
        return order.flatMap { $0.requestIDs.contains(id) ? $0 : nil }
    }

    /// The orders with a request that waits for an approval.
    var ordersWithRequests: [any DigiCertOrder] {
        let generated = (0..<orders).lazy.map { DigiCertGeneratedOrder(index: $0, today: today) }
        return Self.samples.filter(\.waitsForDecision) + generated.filter(\.waitsForDecision)
    }

    private func generated(at index: Int) -> (any DigiCertOrder)? {
        (0..<orders).contains(index) ? DigiCertGeneratedOrder(index: index, today: today) : nil
    }
}
