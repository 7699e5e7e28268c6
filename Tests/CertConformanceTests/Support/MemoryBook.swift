import CertProtocol
import Foundation

/// What the authority in memory holds.
struct MemoryBook: Sendable {
    struct Order: Sendable {
        var id: Int
        var name: String
        var status = "issued"
        var paidUntil = Date(timeIntervalSince1970: 1_900_000_000)
        var method = "dns"
        var isRenewed = false
        var copies: [Capability: [Int]] = [:]
        var isWaiting = false

        /// The number of its first certificate.
        var certificate: Int { id + 5000 }
    }

    private(set) var orders: [Int: Order] = [:]
    private var lastID = 100
    private var firstID = 100
    /// What was carried out, by the key of the journal.
    private(set) var executed: [String: Int] = [:]

    init() {
        for number in 1...8 { add("site\(number).example.com") }
        edit(101) { $0.copies = [.duplicate: [9001], .reissue: [9002]] }
        edit(102) { $0.isWaiting = true }
    }

    var sorted: [Order] { orders.values.sorted { $0.id < $1.id } }

    @discardableResult
    mutating func add(_ name: String) -> Order {
        lastID += 1
        let order = Order(id: lastID, name: name)
        orders[lastID] = order
        return order
    }

    /// As an authority does that shows the latest first.
    mutating func insertAtStart(_ name: String) {
        orders[firstID] = Order(id: firstID, name: name)
        firstID -= 1
    }

    mutating func removeFirst() { sorted.first.map { orders[$0.id] = nil } }

    mutating func edit(_ id: Int, _ change: (inout Order) -> Void) {
        guard var order = orders[id] else { return }
        change(&order)
        orders[id] = order
    }

    mutating func remember(_ key: String?, _ id: Int) { key.map { executed[$0] = id } }

    func order(_ text: String) throws(CertificateError) -> Order {
        guard let order = Int(text).flatMap({ orders[$0] }) else {
            throw CertificateError(.notFound, "There is no order \(text).")
        }
        return order
    }

    func order(certificate text: String) throws(CertificateError) -> Order {
        guard let number = Int(text), let order = orders[number - 5000] else {
            throw CertificateError(.notFound, "There is no certificate \(text).")
        }
        return order
    }
}
