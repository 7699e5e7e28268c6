/// What the providers of one host share, found by the credential that it belongs to.
///
/// A certificate authority counts requests per credential, so two providers with the same key share one set of rate
/// windows, whatever they are called. A value lives as long as one of those that asked for it: it outlasts a change of the
/// configuration that keeps the credential, and goes with the last provider that uses it.
public final class SharedResources: Sendable {
    private let directory: Directory
    private let held = Locked<[Directory.Key: Directory.Entry]>([:])

    /// An empty store.
    public convenience init() { self.init(Directory()) }

    private init(_ directory: Directory) { self.directory = directory }

    /// The value of that scope and credential, made on first use.
    ///
    /// - Parameters:
    ///   - scope: what the credential is for: the adapter's name, and whatever else separates accounts.
    ///   - credential: the credential.
    ///   - make: makes the value where there is none yet.
    /// - Returns: the value.
    public func value<Value: Sendable>(scope: String, credential: Secret, make: () -> Value) -> Value {
        let key = Directory.Key(scope: scope, credential: credential, type: ObjectIdentifier(Value.self))
        let entry = directory.entry(key, make: make)
        held.withLock { $0[key] = entry }
        return entry.value as? Value ?? make()
    }

    /// The same store for one of those who share it: what it asks for lives as long as this, or whoever else asked.
    package func share() -> SharedResources { SharedResources(directory) }

    /// How many values live, for tests.
    package var count: Int { directory.count }
}

/// Knows the values that are in use, and keeps none of them alive.
private final class Directory: Sendable {
    struct Key: Hashable {
        let scope: String
        let credential: Secret
        let type: ObjectIdentifier
    }

    /// One value. Whoever uses it holds this.
    final class Entry: Sendable {
        let value: any Sendable
        private let key: Key
        private let directory: Directory

        init(_ value: any Sendable, key: Key, directory: Directory) {
            self.value = value
            self.key = key
            self.directory = directory
        }

        deinit { directory.forget(key) }
    }

    private struct Reference {
        private(set) weak var entry: Entry?
    }

    private let references = Locked<[Key: Reference]>([:])

    var count: Int { references.withLock(\.count) }

    func entry(_ key: Key, make: () -> any Sendable) -> Entry {
        references.withLock { references in
            if let entry = references[key]?.entry { return entry }
            let entry = Entry(make(), key: key, directory: self)
            references[key] = Reference(entry: entry)
            return entry
        }
    }

    /// Forgets a value that nobody holds any more, unless another one has taken its place.
    private func forget(_ key: Key) {
        references.withLock { references in
            if references[key]?.entry == nil { references[key] = nil }
        }
    }
}
