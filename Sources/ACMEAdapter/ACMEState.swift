internal import AdapterHTTP
internal import AdapterSystem
internal import CertProtocol
internal import Crypto
internal import FoundationEssentials

/// What is kept on disk for one account: its key, and the orders that were begun here.
///
/// Below the folder of the settings there is one folder for each directory and external account, since a key that one server
/// knows is nothing to another. In it are `account.pem`; `orders/key-KEY.json`, one ``OrderRecord`` for each key of the journal; and
/// `orders/DIGEST.id`, which leads from an order to its record. Folders are 0700, files 0600.
struct ACMEState: Sendable {
    private let folder: String
    private let givenKey: JWSKey?

    /// Where state is kept. Nothing is read or written yet.
    init(settings: ACMESettings) {
        let server = settings.directory.authority + settings.directory.path
        let account = [server, settings.externalAccount?.keyID].compactMap(\.self).joined(separator: "+")
        folder = settings.stateFolder + "/" + RequestTarget.encoded(account)
        givenKey = settings.accountKey
    }

    private var orders: String { folder + "/orders" }

    /// The key of the account, which is made where there is none. Processes that start at once end with one key.
    func accountKey() throws(CertificateError) -> JWSKey {
        if let givenKey { return givenKey }
        let path = folder + "/account.pem"
        if let key = try storedKey(path) { return key }
        try PrivateFile.makeFolder(folder)
        try PrivateFile.create(path, P256.Signing.PrivateKey().pemRepresentation.utf8)
        if let key = try storedKey(path) { return key }
        throw CertificateError(.invalidConfiguration, "The account's key \(path) is gone.")
    }

    private func storedKey(_ path: String) throws(CertificateError) -> JWSKey? {
        guard let text = try PrivateFile.read(path) else { return nil }
        guard !PrivateFile.isOpenToOthers(path) else {
            throw CertificateError(
                .invalidConfiguration, "The account's key \(path) may be read by others than its owner: chmod 600 it.")
        }
        return try JWSKey(pem: Secret(String(decoding: text, as: UTF8.self)), orThrow: .invalidConfiguration, path)
    }

    /// The record of a key of the journal; `nil` where nothing was sent under it from here.
    func record(forKey key: String) throws(CertificateError) -> OrderRecord? {
        try PrivateFile.read(from: path(OrderRecord.name(forKey: key)))
    }

    /// The record of an order; `nil` where it was begun elsewhere.
    func record(forOrder orderID: String) throws(CertificateError) -> OrderRecord? {
        guard let name = try PrivateFile.read(index(orderID)) else { return nil }
        var record: OrderRecord? = try PrivateFile.read(from: path(String(decoding: name, as: UTF8.self)))
        record?.orderID = orderID
        return record
    }

    /// Writes a record, and what leads to it from the order once that is known.
    ///
    /// - Throws: `rejected` where the order belongs to another record: nothing new was ordered then.
    func save(_ record: OrderRecord) throws(CertificateError) {
        try PrivateFile.makeFolder(orders)
        if let id = record.orderID, try !PrivateFile.create(index(id), record.name.utf8),
            try PrivateFile.read(index(id)) != Array(record.name.utf8)
        {
            throw ACMEErrors.reused(id)
        }
        try PrivateFile.replace(path(record.name), json: record)
    }

    /// Takes an order, whose record has been saved, for oneself; `nil` where somebody else is taking it on at this moment.
    func lock(_ orderID: String) -> FileLock? { FileLock(index(orderID)) }

    private func path(_ name: String) -> String { "\(orders)/\(name).json" }

    private func index(_ orderID: String) -> String { "\(orders)/\(OrderRecord.digest(orderID)).id" }
}
