internal import CertProtocol
internal import FoundationEssentials

/// The account's orders as they are now, for routes that run beside each other: what the estate computes, and what the book
/// knows better.
final class DigiCertLedger: Sendable {
    let estate: DigiCertEstate
    private let book: Locked<DigiCertBook>

    init(estate: DigiCertEstate, authority: SandboxAuthority) {
        self.estate = estate
        book = Locked(DigiCertBook(estate: estate, authority: authority))
    }

    var count: Int { estate.count + book.withLock { $0.placedCount } }

    func order(at position: Int) -> any DigiCertOrder {
        let computed = position < estate.count ? estate.order(at: position) : nil
        let id = computed?.id ?? DigiCertBook.firstOrderID + Int64(position - estate.count)
        // There is a record of every order that isn't computed.
        return book.withLock { $0.records[id] } ?? computed ?? DigiCertSampleOrder.issued
    }

    /// The order with that id.
    func order(id text: String) -> (any DigiCertOrder)? {
        Int64(text).flatMap { id in book.withLock { $0.order(id: id) } }
    }

    /// The order with that id, or whose current certificate has that serial number or thumbprint.
    func order(matching text: String) -> (any DigiCertOrder)? {
        if let order = order(id: text) { return order }
        let digits = text.uppercased()
        let made = book.withLock { book in
            book.records.values.first { $0.serialNumber == digits || $0.thumbprint == digits }
        }
        if let made { return made }
        // A certificate that was replaced here is no longer its order's current one.
        guard let order = estate.order(matching: text) else { return nil }
        return self.order(id: "\(order.id)").flatMap { $0.serialNumber == order.serialNumber ? $0 : nil }
    }

    /// Reads several things at once.
    func read<Result: Sendable>(_ body: (DigiCertBook) throws -> Result) throws -> Result {
        try book.withLock { try body($0) }
    }

    /// Changes something, or refuses and changes nothing.
    func change<Result: Sendable>(_ body: (inout DigiCertBook) throws -> Result) throws -> Result {
        try book.withLock { try body(&$0) }
    }
}
