/// The times that ordering goes by.
public struct OrderingPolicy: Sendable, Hashable {
    /// How long after a call's deadline a lookup has to begin to be the last: what a certificate authority may take until it
    /// shows an order that it has accepted.
    public var settleTime: Duration
    /// How long the lookup after a lost answer may take, whatever was left of the call's own time.
    public var lookupTime: Duration
    /// For how long an order keeps another one without a key, of the same product and names, from being sent.
    public var duplicateWindow: Duration
    /// How often a call looks what has become of another process's call with the same key.
    public var pollInterval: Duration

    /// A policy; by default 60 s, 20 s, 24 h, 200 ms.
    public init(
        settleTime: Duration = .seconds(60), lookupTime: Duration = .seconds(20),
        duplicateWindow: Duration = .seconds(86_400), pollInterval: Duration = .milliseconds(200)
    ) {
        self.settleTime = settleTime
        self.lookupTime = lookupTime
        self.duplicateWindow = duplicateWindow
        self.pollInterval = max(.milliseconds(1), pollInterval)
    }
}
