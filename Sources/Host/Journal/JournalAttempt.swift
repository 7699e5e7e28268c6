public import FoundationEssentials

/// One time that a call was handed to a provider.
public struct JournalAttempt: Sendable, Hashable, Codable {
    /// Tells this attempt from every other, so that a late answer finds its own.
    public var id: String
    /// The id of the provider.
    public var provider: String
    /// The product that was asked for there, where the call has one.
    public var product: String?
    /// Who made it: the principal, and the process.
    public var owner: String
    /// When it was written down as sent.
    public var startedAt: Date
    /// Until when the order was paid before an extension was sent: what tells later whether it was carried out.
    public var paidUntil: Date?
    /// When its outcome was written down; `nil` while there is none.
    public var endedAt: Date?
    /// The state that it led to, or the code of its error.
    public var outcome: String?
    /// What was answered, as a sentence without secrets.
    public var message: String?
    /// The certificate authority's id of the order that came of it.
    public var orderID: String?

    /// An attempt that has just been written down.
    public init(id: String, provider: String, product: String? = nil, owner: String, startedAt: Date) {
        self.id = id
        self.provider = provider
        self.product = product
        self.owner = owner
        self.startedAt = startedAt
    }
}
