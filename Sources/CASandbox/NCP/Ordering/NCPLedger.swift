internal import CertProtocol

/// The books of all zones, for routes that run beside each other.
final class NCPLedger: Sendable {
    private let books: Locked<[NCPZone: NCPBook]>
    private let empty: NCPBook

    init(estate: NCPEstate, authority: SandboxAuthority) {
        let book = NCPBook(estate: estate, authority: authority)
        empty = book
        books = Locked([:])
    }

    /// The book as it is at this moment.
    func book(_ zone: NCPZone) -> NCPBook { books.withLock { $0[zone] ?? empty } }

    /// Changes something, or refuses and changes nothing.
    func change<Result: Sendable>(_ zone: NCPZone, _ body: (inout NCPBook) throws -> Result) throws -> Result {
        try books.withLock { books in
            var book = books[zone] ?? empty
            let result = try body(&book)
            books[zone] = book
            return result
        }
    }
}
