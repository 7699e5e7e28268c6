/// What kind of key is generated.
@nonexhaustive
public enum KeyAlgorithm: String, CaseIterable, Sendable, Hashable {
    /// An elliptic curve key on P-256: small, fast, and taken everywhere.
    case ecP256 = "ec-p256"
    /// An elliptic curve key on P-384.
    case ecP384 = "ec-p384"
    /// RSA with 2048 bits.
    case rsa2048 = "rsa-2048"
    /// RSA with 3072 bits.
    case rsa3072 = "rsa-3072"
    /// RSA with 4096 bits.
    case rsa4096 = "rsa-4096"

    /// What is generated where nothing else is asked for.
    public static let `default` = KeyAlgorithm.ecP256

    /// The kind of that name, written in any case and with or without punctuation: `ec-p256`, `P256`, `RSA2048`; `nil` where
    /// there is none.
    public init?(name: String) {
        let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
        let match = Self.allCases.first { algorithm in
            let own = algorithm.rawValue.filter { $0.isLetter || $0.isNumber }
            return plain == own || "ec" + plain == own
        }
        guard let match else { return nil }
        self = match
    }
}
