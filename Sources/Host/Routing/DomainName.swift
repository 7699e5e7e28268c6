internal import Foundation

/// Domain names as lower-case A-labels (RFC 5890, section 2.3.2.1), the one form that names compare in.
public enum DomainName {
    /// The name as lower-case A-labels, without a dot at its end; `nil` where it is none. `*` is kept as a label's
    /// character.
    public static func normalized(_ name: String) -> String? {
        var text = name.trimmingCharacters(in: .whitespaces)
        if text.hasSuffix(".") { text.removeLast() }
        guard !text.isEmpty, text.utf8.count <= 253 * 4 else { return nil }
        // UTS #46 takes the full stops of East Asian scripts for dots too.
        let labels = text.split(omittingEmptySubsequences: false) { ".。．｡".contains($0) }.map { label(String($0)) }
        let normalized = labels.compactMap(\.self)
        guard normalized.count == labels.count else { return nil }
        return normalized.joined(separator: ".")
    }

    private static func label(_ label: String) -> String? {
        guard !label.isEmpty else { return nil }
        if label.utf8.allSatisfy({ $0 < 0x80 }) {
            let allowed = label.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "*"):
                    true
                default: false
                }
            }
            return allowed && label.utf8.count <= 63 ? label.lowercased() : nil
        }
        // Foundation's URL maps a host by UTS #46, which is IDNA 2008 with lower case and normalisation done first.
        var components = URLComponents()
        components.scheme = "https"
        components.host = label
        guard let encoded = components.encodedHost?.lowercased(), encoded.hasPrefix("xn--"), encoded.utf8.count <= 63
        else { return nil }
        return encoded
    }
}

/// A pattern for domain names: `example.kr` matches itself, `*.example.kr` any depth below it but not the name itself, and
/// `*` any name.
public struct DomainPattern: Sendable, Hashable, CustomStringConvertible {
    /// The pattern as it was written.
    public let description: String
    private let suffix: String
    private let isWildcard: Bool

    /// Reads a pattern; `nil` where it is none.
    public init?(_ text: String) {
        description = text
        if text == "*" {
            isWildcard = true
            suffix = ""
        } else if text.hasPrefix("*.") {
            guard let name = DomainName.normalized(String(text.dropFirst(2))), !name.contains("*") else { return nil }
            isWildcard = true
            suffix = "." + name
        } else {
            guard let name = DomainName.normalized(text), !name.contains("*") else { return nil }
            isWildcard = false
            suffix = name
        }
    }

    /// Whether a name, normalised by ``DomainName/normalized(_:)``, matches.
    public func matches(_ name: String) -> Bool {
        isWildcard ? name.hasSuffix(suffix) && name.utf8.count > suffix.utf8.count : name == suffix
    }

    /// Whether every name that `other` matches is matched by this pattern too.
    public func covers(_ other: DomainPattern) -> Bool {
        guard isWildcard else { return self == other || (!other.isWildcard && suffix == other.suffix) }
        return other.isWildcard ? other.suffix.hasSuffix(suffix) : matches(other.suffix)
    }
}
