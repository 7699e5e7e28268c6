public import CertProtocol
public import FoundationEssentials

/// One mutating call as the journal knows it.
///
/// It holds the request itself rather than a digest of it: the lookup after a lost answer, by another process perhaps, needs
/// the names, the signing request and the ids anyway; comparing values says which requests are the same without any hash; and
/// a request that gains a field in a later version still equals the one that was written down before. Nothing of it is secret:
/// an import is written down without its key.
public struct JournalEntry: Sendable, Hashable, Codable {
    /// The key: the caller's, or a random UUID.
    public let key: String
    /// What was asked for.
    public var request: JournaledRequest
    /// The provider that it was handed to last, or is going to be handed to.
    public var provider: String
    /// The product that is asked for there, where the call has one.
    public var product: String?
    /// How far it got.
    public var state: JournalState
    /// When the last attempt has ended at the latest.
    public var deadline: Date
    /// On whose behalf the call was made.
    public var owner: String
    /// The certificate authority's id of the order: the one that came of it, or the one that it is about.
    public var orderID: String?
    /// What the certificate authority answered; for `reconciled`, what a lookup found.
    public var receipt: Receipt?
    /// Every time that it was handed to a provider.
    public var attempts: [JournalAttempt]
    /// How many lookups since the last attempt have found nothing.
    public var emptyLookups: Int
    /// When it was written down.
    public var createdAt: Date
    /// When it was changed last.
    public var updatedAt: Date

    /// An entry for a call that is going to be made.
    public init(
        key: String, request: JournaledRequest, provider: String, product: String? = nil, deadline: Date, owner: String,
        createdAt: Date
    ) {
        self.key = key
        self.request = request
        self.provider = provider
        self.product = product
        self.deadline = deadline
        self.owner = owner
        self.createdAt = createdAt
        updatedAt = createdAt
        state = .intended
        orderID = request.orderID
        attempts = []
        emptyLookups = 0
    }

    /// The capability whose operation it is.
    public var operation: Capability { request.operation }

    /// What two calls have in common that may be the same order: the operation, the order that it is about, and the names.
    public var subject: String { request.subject }
}
