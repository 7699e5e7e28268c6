/// What accompanies one call of a provider, whichever operation it is.
public struct OperationContext: Sendable {
    /// When the operation has to be done, its retries and back-off included; `nil` for no limit.
    ///
    /// Time spent waiting for a rate window before a request is sent doesn't count: an adapter moves the deadline by it,
    /// five minutes at most.
    public var deadline: ContinuousClock.Instant?
    /// What log lines and trace spans of the call carry, under the keys given. Never secrets.
    public var metadata: [String: String]
    /// On whose behalf the call is made, for the audit trail: an operating system user, or the embedder's principal.
    public var principal: String?
    /// The key of the journal entry that a mutating call was written down under.
    public var journalKey: String?
    /// Is told what happens within the call: requests, waits, retries. It is called from the call's own task and has to return
    /// at once.
    ///
    /// The host puts these events on the call's trace span. It travels here, rather than in a task-local value, because a
    /// tracing system has no notion of "the current span", and because an adapter may do its work in tasks of its own.
    public var observe: (@Sendable (OperationEvent) -> Void)?
    /// Asks whether a mutating request may be sent now, with the deadline as it stands after the waits before it. What it
    /// throws means that nothing was sent, and is passed on as it is.
    ///
    /// An adapter calls it right before the first byte of each mutating request; `AdapterHTTP` does so by itself. The host puts
    /// the moved deadline into the journal with it, so that nobody takes a call that still waits for its turn for one that has
    /// ended, and stops a call that was given up meanwhile.
    public var beforeSending: (@Sendable (ContinuousClock.Instant?) async throws(CertificateError) -> Void)?

    /// A context; by default one without a deadline.
    public init(
        deadline: ContinuousClock.Instant? = nil,
        metadata: [String: String] = [:],
        principal: String? = nil,
        journalKey: String? = nil,
        observe: (@Sendable (OperationEvent) -> Void)? = nil
    ) {
        self.deadline = deadline
        self.metadata = metadata
        self.principal = principal
        self.journalKey = journalKey
        self.observe = observe
    }
}
