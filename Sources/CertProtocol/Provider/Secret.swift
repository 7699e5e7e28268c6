/// A credential: it prints, reflects and dumps as `<redacted>`, and isn't `Codable`.
///
/// There is one way to its text, ``withExposedValue(_:)``, and few places that go it.
public struct Secret: Sendable, Hashable {
    private let storage: Storage

    /// Wraps the text of a credential.
    public init(_ value: String) { storage = Storage(value) }

    /// Hands the text to `body`. Whoever calls this signs a request, writes a header or redacts; nothing else.
    public func withExposedValue<Result, Failure: Error>(
        _ body: (String) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(storage.value)
    }

    /// Two secrets are equal when their texts are.
    public static func == (left: Secret, right: Secret) -> Bool { left.storage.value == right.storage.value }

    /// Hashes the text, so that equal credentials find the same rate windows.
    public func hash(into hasher: inout Hasher) { hasher.combine(storage.value) }

    /// A class, so that neither `dump` nor a debugger's summary of the struct walks into the text.
    private final class Storage: Sendable, CustomReflectable, CustomStringConvertible {
        let value: String

        init(_ value: String) { self.value = value }

        var customMirror: Mirror { Mirror(self, children: []) }
        var description: String { "<redacted>" }
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always `<redacted>`.
    public var description: String { "<redacted>" }

    /// Always `<redacted>`.
    public var debugDescription: String { "<redacted>" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
