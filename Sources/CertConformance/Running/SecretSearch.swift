internal import FoundationEssentials

/// Looks for secrets in whatever a value can be printed as.
struct SecretSearch: Sendable {
    private let spellings: [String]

    /// Secrets are found as they are, in any case, in hexadecimal and in base64.
    init(_ secrets: [String]) {
        spellings = secrets.flatMap { secret in
            let bytes = Array(secret.utf8)
            let hexadecimal = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            // In base64 three bytes are four characters, wherever they begin.
            let base64 = (0..<3).map { skipped in
                let rest = bytes.dropFirst(skipped)
                return Data(rest.prefix(rest.count / 3 * 3)).base64EncodedString().lowercased()
            }
            return [secret.lowercased(), hexadecimal] + base64
        }
    }

    /// Throws ``Finding`` where a secret can be seen. The finding doesn't repeat it.
    func look(in value: Any, _ name: String) throws {
        for (way, text) in Self.texts(of: value) {
            let folded = text.lowercased()
            for spelling in spellings where folded.contains(spelling) {
                throw Finding(
                    "\(name) shows a secret when it is printed with \(way). Keep credentials in a `Secret`, and redact what "
                        + "the authority sends back."
                )
            }
        }
    }

    /// Every way in which Swift turns a value into text.
    private static func texts(of value: Any) -> [(way: String, text: String)] {
        var dumped = ""
        dump(value, to: &dumped, maxDepth: 20, maxItems: 5000)
        var texts = [
            ("String(describing:)", String(describing: value)), ("String(reflecting:)", String(reflecting: value)),
            ("dump", dumped),
        ]
        var mirrors = [Mirror(reflecting: value)]
        var remaining = 5000
        while let mirror = mirrors.popLast(), remaining > 0 {
            remaining -= 1
            for child in mirror.children {
                texts.append(("Mirror", String(describing: child.value)))
                mirrors.append(Mirror(reflecting: child.value))
            }
            if let parent = mirror.superclassMirror { mirrors.append(parent) }
        }
        return texts
    }
}
