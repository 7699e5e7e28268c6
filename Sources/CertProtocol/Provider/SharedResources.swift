/// What the providers of one host share, found by the credential that it belongs to.
///
/// A certificate authority counts requests per credential, so two providers with the same key share one set of rate
/// windows, whatever they are called.
public final class SharedResources: Sendable {
    private struct Key: Hashable {
        let scope: String
        let credential: Secret
    }

    private let values = Locked<[Key: any Sendable]>([:])

    /// An empty store.
    public init() {}

    /// The value of that scope and credential, made on first use.
    ///
    /// - Parameters:
    ///   - scope: what the credential is for: the adapter's name, and whatever else separates accounts.
    ///   - credential: the credential.
    ///   - make: makes the value where there is none yet.
    /// - Returns: the value.
    public func value<Value: Sendable>(scope: String, credential: Secret, make: () -> Value) -> Value {
        values.withLock { values in
            let key = Key(scope: scope, credential: credential)
            if let value = values[key] as? Value { return value }
            let value = make()
            values[key] = value
            return value
        }
    }
}
