internal import AdapterHTTP
internal import CertProtocol
internal import Crypto
internal import FoundationEssentials

/// What has to be known of an order to take it on: written before the order is sent, and kept.
struct OrderRecord: Sendable, Codable {
    /// The name of its file, without the ending.
    let name: String
    /// The names that were ordered, lower-case; none for an order that was begun elsewhere.
    var names: [String] = []
    /// The signing request, DER; `nil` for an order that was begun elsewhere.
    var signingRequest: Data?
    /// The way of proof that was asked for.
    var challenge: ACME.ChallengeType?
    /// The order; `nil` while nobody knows whether there is one.
    var orderID: String?
    /// When the signing request was handed in, as far as that isn't known not to have arrived.
    var finalizedAt: Date?
    /// What was published and may still be there: written before it is published.
    var published: [Publication] = []
    /// The challenges that the server was told to look at, by URL.
    var answered: [String] = []
    /// When it was told so first.
    var answeredAt: Date?

    /// An order that is about to be sent.
    init(journalKey: String, names: [String], signingRequest: Data, challenge: ACME.ChallengeType?) {
        name = Self.name(forKey: journalKey)
        (self.names, self.signingRequest, self.challenge) = (names, signingRequest, challenge)
    }

    /// An order of the account that was begun elsewhere. The plus sign is in the name of no key.
    init(foreignOrder orderID: String) {
        name = "order+" + Self.digest(orderID)
        self.orderID = orderID
    }

    /// Forgets that the server was told to look.
    mutating func forgetAnswers() { (answered, answeredAt) = ([], nil) }

    /// The name of a key's file: the key as it is, but for what a name can't have.
    static func name(forKey key: String) -> String { "key-" + RequestTarget.encoded(key) }

    /// The name of an order's file, which may be too long as it is.
    static func digest(_ orderID: String) -> String { Base64URL.text(Data(SHA256.hash(data: Data(orderID.utf8)))) }
}
