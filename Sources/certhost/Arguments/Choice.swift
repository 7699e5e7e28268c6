internal import ArgumentParser
internal import IssuanceVerification

/// One of a few values, by its stable name. (A module's public type can't be an argument itself without showing the argument
/// parser to all that import it.)
struct Choice<Value: RawRepresentable & CaseIterable & Sendable>: ExpressibleByArgument, Sendable
where Value.RawValue == String {
    let value: Value

    init(_ value: Value) { self.value = value }

    init?(argument: String) {
        guard let value = Value(rawValue: argument) else { return nil }
        self.value = value
    }

    static var allValueStrings: [String] { Value.allCases.map(\.rawValue) }
    var defaultValueDescription: String { value.rawValue }
}

/// A kind of key, in any case and with or without punctuation.
struct KeyKind: ExpressibleByArgument, Sendable {
    let algorithm: KeyAlgorithm

    init?(argument: String) {
        guard let algorithm = KeyAlgorithm(name: argument) else { return nil }
        self.algorithm = algorithm
    }

    static var allValueStrings: [String] { KeyAlgorithm.allCases.map(\.rawValue) }
}
