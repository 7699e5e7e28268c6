internal import CertProtocol
internal import FoundationEssentials

/// The folder of a local authority.
///
/// | file | what it is | mode |
/// |---|---|---|
/// | `authority.pem` | the intermediate's key and certificate, the root's certificate and revocation list; the authority itself | 0600 |
/// | `root.pem` | the root's certificate, to be trusted; a copy | 0644 |
/// | `crl.pem` | the revocation lists of intermediate and root; made from the orders | 0644 |
/// | `orders/7.json` | the order 7 | 0600 |
/// | `lock` | whoever changes something holds it | 0600 |
/// | `crl.stale` | there while a revocation is under way | 0600 |
struct AuthorityFolder: Sendable {
    let path: String
    let clock: OperationClock

    private var lock: String { path + "/lock" }
    private var authorityFile: String { path + "/authority.pem" }
    private var orders: String { path + "/orders" }
    private var revocationList: String { path + "/crl.pem" }
    private var staleMark: String { path + "/crl.stale" }
    /// The root's certificate.
    var root: String { path + "/root.pem" }

    /// Whether there is anything of an authority.
    var exists: Bool { DurableFile.exists(path) }

    /// Runs `body` while nobody else changes the folder, which is made where there is none.
    func locked<Result: Sendable>(
        _ context: OperationContext, _ body: () async throws(CertificateError) -> Result
    ) async throws(CertificateError) -> Result {
        try FolderLock.check(context, clock)
        try DurableFile.makeFolder(orders)
        return try await FolderLock.with(lock, context: context, clock: clock, body)
    }

    /// Whether the folder can be written to, or made.
    ///
    /// - Throws: `invalid_configuration`.
    func checkWritable() throws(CertificateError) {
        var place = path
        while !DurableFile.exists(place), let end = place.lastIndex(of: "/"), end > place.startIndex {
            place = String(place[..<end])
        }
        try DurableFile.checkWritable(folder: place)
    }

    // MARK: The authority

    /// The authority; `nil` where none was made yet.
    ///
    /// - Throws: `invalid_configuration` where it is damaged, or gone from beside its orders.
    func authority() throws(CertificateError) -> LocalAuthority? {
        if let bytes = try DurableFile.read(authorityFile) {
            do { return try LocalAuthority(pem: String(decoding: bytes, as: UTF8.self)) } catch {
                var failure = CertificateError.unusable(
                    authorityFile, "can't be read. Restore it from a backup, or name another directory.")
                failure.underlying = error
                throw failure
            }
        }
        // Another authority beside what is left of one would pass for it.
        guard try orderNumbers().isEmpty, !DurableFile.exists(root) else {
            throw .unusable(
                authorityFile,
                "is gone, and the rest of the CA is there. Restore it from a backup, or name another directory."
            )
        }
        return nil
    }

    /// Makes an authority, which is there whole once this returns. Under the lock.
    func make() throws(CertificateError) -> LocalAuthority {
        let authority: LocalAuthority
        do { authority = try LocalAuthority(now: clock.date()) } catch {
            throw CertificateError.wrapping(error, "The local CA can't be made.")
        }
        try DurableFile.write(authority.pem, to: authorityFile, for: .owner)
        return authority
    }

    /// Writes what others read, where it is missing or a revocation was interrupted. Under the lock.
    func publish(_ authority: LocalAuthority) throws(CertificateError) {
        if !DurableFile.exists(root) { try DurableFile.write(authority.rootPEM, to: root, for: .everyone) }
        guard DurableFile.exists(staleMark) || !DurableFile.exists(revocationList) else { return }
        let revoked = try allOrders().compactMap(\.revocation)
        let list: String
        do { list = try authority.revocationLists(of: revoked, now: clock.date()) } catch {
            throw CertificateError.wrapping(error, "The revocation list can't be made.")
        }
        try DurableFile.write(list, to: revocationList, for: .everyone)
        DurableFile.remove(staleMark)
    }

    // MARK: Orders

    /// The numbers of the orders, ascending.
    func orderNumbers() throws(CertificateError) -> [UInt64] {
        guard DurableFile.exists(orders) else { return [] }
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: orders)
            return names.compactMap { $0.hasSuffix(".json") ? UInt64($0.dropLast(5)) : nil }.sorted()
        } catch {
            throw CertificateError.wrapping(error, as: .invalidConfiguration, "The folder \(orders) can't be read.")
        }
    }

    /// The order of that number; `nil` where there is none.
    ///
    /// - Throws: `malformed_response` where its record can't be read.
    func order(_ number: UInt64) throws(CertificateError) -> LocalCA.Order? {
        guard let bytes = try DurableFile.read(file(of: number)) else { return nil }
        guard let record = try? JSONValue(parsing: bytes), let order = LocalCA.Order(record) else {
            throw .damaged(file(of: number), "isn't readable as an order")
        }
        guard order.orderID == "\(number)" else {
            throw .damaged(file(of: number), "says that it is order \(order.orderID)")
        }
        return order
    }

    /// Every order.
    ///
    /// - Throws: `malformed_response` where the record of one can't be read.
    func allOrders() throws(CertificateError) -> [LocalCA.Order] {
        var orders: [LocalCA.Order] = []
        for number in try orderNumbers() { if let order = try order(number) { orders.append(order) } }
        return orders
    }

    /// Writes an order, through to the disk. Under the lock.
    func store(_ order: LocalCA.Order) throws(CertificateError) {
        guard let number = UInt64(order.orderID) else { throw .noOrder("the id \(order.orderID)") }
        try DurableFile.write(order.node.indentedText + "\n", to: file(of: number), for: .owner)
    }

    /// Says that the revocation list doesn't tell what the orders do. Under the lock.
    func markRevocationListStale() throws(CertificateError) {
        try DurableFile.write("", to: staleMark, for: .owner)
    }

    /// What stands for a record that can't be read.
    func problem(_ number: UInt64, _ error: CertificateError) -> RowProblem {
        let bytes = (try? DurableFile.read(file(of: number))) ?? nil
        let text = JSONNode.string(String(decoding: (bytes ?? []).prefix(1024), as: UTF8.self))
        return RowProblem(reason: error.message, raw: JSONValue(["file": .string("\(number).json"), "content": text]))
    }

    private func file(of number: UInt64) -> String { "\(orders)/\(number).json" }
}
