internal import AdapterSystem
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
/// | `ledger.json` | the highest number, and every revocation | 0600 |
/// | `lock` | whoever changes something holds it | 0600 |
/// | `crl.stale` | there while a revocation is under way | 0600 |
struct AuthorityFolder: Sendable {
    let path: String
    let clock: OperationClock

    private var lock: String { path + "/lock" }
    private var authorityFile: String { path + "/authority.pem" }
    private var orders: String { path + "/orders" }
    private var revocationList: String { path + "/crl.pem" }
    private var ledgerFile: String { path + "/ledger.json" }
    private var staleMark: String { path + "/crl.stale" }
    /// The root's certificate.
    var root: String { path + "/root.pem" }

    /// Whether there is anything of an authority.
    var exists: Bool { Self.isThere(path) }

    /// Runs `body` while nobody else changes the folder, which is made where there is none.
    func locked<Result: Sendable>(
        _ context: OperationContext, _ body: () async throws(CertificateError) -> Result
    ) async throws(CertificateError) -> Result {
        try FolderLock.check(context, clock)
        try PrivateFile.makeFolder(orders)
        return try await FolderLock.with(lock, context: context, clock: clock, body)
    }

    /// Whether the folder can be written to, or made.
    ///
    /// - Throws: `invalid_configuration`.
    func checkWritable() throws(CertificateError) {
        var place = path
        while !Self.isThere(place), !place.isEmpty { place = PrivateFile.folder(of: place) }
        let name = place.isEmpty ? "/" : place
        // No file has an entry of its own.
        guard Self.isThere(name + "/."), FileManager.default.isWritableFile(atPath: name) else {
            throw .unusable(name, "is no folder that can be written to. Name another directory.")
        }
    }

    // MARK: The authority

    /// The authority; `nil` where none was made yet.
    ///
    /// - Throws: `invalid_configuration` where it is damaged, or gone from beside its orders.
    func authority() throws(CertificateError) -> LocalAuthority? {
        if let bytes = try PrivateFile.read(authorityFile) {
            if PrivateFile.isOpenToOthers(authorityFile) {
                throw .unusable(authorityFile, "holds a key and is open to others. chmod 600 it.")
            }
            do { return try LocalAuthority(pem: String(decoding: bytes, as: UTF8.self)) } catch {
                var failure = CertificateError.unusable(
                    authorityFile, "can't be read. Restore it from a backup, or name another directory.")
                failure.underlying = error
                throw failure
            }
        }
        // Another authority beside what is left of one would pass for it.
        guard try orderNumbers().isEmpty, !Self.isThere(root) else {
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
        try PrivateFile.replace(authorityFile, authority.pem.utf8)
        return authority
    }

    /// Writes what others read, where it is missing or a revocation was interrupted. Under the lock.
    func publish(_ authority: LocalAuthority) throws(CertificateError) {
        if !Self.isThere(root) { try PrivateFile.replace(root, authority.rootPEM.utf8, mode: 0o644) }
        guard Self.isThere(staleMark) || !Self.isThere(revocationList) else { return }
        var ledger = try ledger()
        // A record that can't be read has been taken in before, if it was revoked.
        ledger.add(try orderNumbers().compactMap { (try? order($0))??.revocation })
        ledger.listNumber = max(ledger.listNumber + 1, Int64(clock.date().timeIntervalSince1970 * 1000))
        try store(ledger)
        let list: String
        do { list = try authority.revocationLists(ledger, now: clock.date()) } catch {
            throw CertificateError.wrapping(error, "The revocation list can't be made.")
        }
        try PrivateFile.replace(revocationList, list.utf8, mode: 0o644)
        try PrivateFile.remove(staleMark)
    }

    /// What is remembered besides the orders.
    ///
    /// - Throws: `invalid_configuration` where it is damaged.
    func ledger() throws(CertificateError) -> Ledger {
        guard let bytes = try PrivateFile.read(ledgerFile) else { return Ledger() }
        guard let record = try? JSONValue(parsing: bytes), let ledger = Ledger(record) else {
            throw .unusable(ledgerFile, "can't be read. Restore it from a backup.")
        }
        return ledger
    }

    /// Writes the ledger, through to the disk. Under the lock.
    func store(_ ledger: Ledger) throws(CertificateError) {
        try PrivateFile.replace(ledgerFile, (ledger.node.indentedText + "\n").utf8)
    }

    // MARK: Orders

    /// The numbers of the orders, ascending.
    func orderNumbers() throws(CertificateError) -> [UInt64] {
        guard Self.isThere(orders) else { return [] }
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: orders)
            return names.compactMap { $0.hasSuffix(".json") ? OrderNumber.read($0.dropLast(5)) : nil }.sorted()
        } catch {
            throw CertificateError.wrapping(error, as: .invalidConfiguration, "The folder \(orders) can't be read.")
        }
    }

    /// The order of that number; `nil` where there is none.
    ///
    /// - Throws: `malformed_response` where its record can't be read.
    func order(_ number: UInt64) throws(CertificateError) -> LocalCA.Order? {
        guard let bytes = try PrivateFile.read(file(of: number)) else { return nil }
        guard let record = try? JSONValue(parsing: bytes), let order = LocalCA.Order(record) else {
            throw .damaged(file(of: number), "isn't readable as an order")
        }
        guard order.orderID == "\(number)" else {
            throw .damaged(file(of: number), "says that it is order \(order.orderID)")
        }
        return order
    }

    /// Writes an order, through to the disk. Under the lock.
    func store(_ order: LocalCA.Order) throws(CertificateError) {
        guard let number = OrderNumber.read(order.orderID) else { throw .noOrder("the id \(order.orderID)") }
        try PrivateFile.replace(file(of: number), (order.node.indentedText + "\n").utf8)
    }

    /// Says that the revocation list doesn't tell what the orders do. Under the lock.
    func markRevocationListStale() throws(CertificateError) {
        try PrivateFile.replace(staleMark, "".utf8)
    }

    /// What stands for a record that can't be read.
    func problem(_ number: UInt64, _ error: CertificateError) -> RowProblem {
        let content = (try? PrivateFile.read(file(of: number))) ?? nil
        return RowProblem(error, record: "\(number).json", content: content ?? [])
    }

    private static func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private func file(of number: UInt64) -> String { "\(orders)/\(number).json" }
}
