public import CertProtocol

/// How a mutating call is made.
public struct OrderingOptions: Sendable {
    /// The key that makes the call the same as every other with it (`--idempotency-key`); `nil` for a random one.
    ///
    /// With the same content it returns the first call's receipt, at any age; with other content it is refused.
    public var key: String?
    /// Whether the call is made although the journal has one without a key that may be the same (`--again`).
    public var insists: Bool
    /// What is to be validated (`dv`, `ov`, `ev`), for the routes.
    public var validation: String?
    /// Is told what happens, in order, at once: the key before anything is sent, for one. It has to return at once.
    public var observe: (@Sendable (OrderingEvent) -> Void)?

    /// Options; by default a random key, and no insisting.
    public init(
        key: String? = nil, insists: Bool = false, validation: String? = nil,
        observe: (@Sendable (OrderingEvent) -> Void)? = nil
    ) {
        self.key = key
        self.insists = insists
        self.validation = validation
        self.observe = observe
    }
}

/// What happens while a mutating call is made.
@nonexhaustive
public enum OrderingEvent: Sendable {
    /// The call is in the journal under this key, and not sent yet.
    case intended(key: String, provider: String, product: String?)
    /// The journal has it as sent; now it is.
    case sending(key: String, provider: String, product: String?)
    /// A provider has failed, it is proven that nothing was ordered, and the next target of the route is tried.
    case failedOver(from: String, to: String, because: CertificateError)
    /// Another call with this key is under way; this one waits for it.
    case waitingForOther(key: String)
    /// The answer was lost; the certificate authority is asked what came of the call.
    case lookingUp(key: String, provider: String)
    /// The first call with this key has been answered; nothing is sent.
    case replayed(key: String)
    /// The certificate authority has accepted, but the journal can't be written. It goes on to call the order unresolved, and
    /// `journal reconcile` finds it.
    case journalLost(key: String, CertificateError)
}
