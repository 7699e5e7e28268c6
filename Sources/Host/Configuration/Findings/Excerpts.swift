internal import CertProtocol

/// The lines that findings point at, without those that a secret may stand in.
///
/// A line is left out where a value stands that is a credential by its declaration or by the look of its key, whether or
/// not the key is spelt right and the file can be read to its end.
struct Excerpts {
    /// What quotes a piece of a value, which in the line of a credential may be a piece of it: `api_key: !p4ssword`.
    private static let quoting: Set<String> = ["tag", "unknown-anchor", "recursive-alias"]
    private static let words = ["secret", "key", "token", "password", "passwd", "credential"]

    private let source: YAMLSource
    private let isReadable: Bool
    private let settingNames: [String]
    private let plainNames: Set<String>
    private let secretNames: Set<String>
    private var secretLines: Set<Int> = []
    /// What stands where a credential should; it is shown nowhere, wherever else in the file it stands.
    private var secretTexts: Set<String> = []

    /// The excerpts of a file.
    init(_ document: YAMLDocument, registry: AdapterRegistry) {
        source = document.source
        isReadable = document.root != nil
        let settings = registry.factories.flatMap(\.settings.settings)
        let secrets = Set(settings.filter { $0.kind == .secret }.map(\.name))
        secretNames = secrets
        plainNames = Set(settings.map(\.name)).subtracting(secrets)
        settingNames = Set(settings.map(\.name)).sorted()
        if let root = document.root { mark(root, inSettings: false) }
    }

    /// The findings, each with its line where it may be shown.
    func added(to findings: [ConfigurationFinding]) -> [ConfigurationFinding] {
        findings.map { finding in
            var finding = redacted(finding)
            guard finding.file == source.file, let line = finding.line, source.lines.indices.contains(line - 1) else {
                return finding
            }
            if mayShow(line) {
                finding.excerpt = source.original(ofLine: line - 1)
            } else if Self.quoting.contains(finding.code) {
                finding.found = nil
                finding.suggestion = nil
            }
            return finding
        }
    }

    private func mayShow(_ line: Int) -> Bool {
        let text = source.lines[line - 1]
        if secretLines.contains(line) || ConfigurationProblem.hasURLCredential(text) { return false }
        if secretTexts.contains(where: { text.contains($0) }) { return false }
        // What used to stand in the line may live on in a comment.
        if let comment = text.firstIndex(of: "#"), isAboutSecrets(String(text[comment...])) { return false }
        return isReadable || !mayHoldSecret(line - 1)
    }

    /// The finding without the credentials of the file, as they are and as a finding shows a text.
    private func redacted(_ finding: ConfigurationFinding) -> ConfigurationFinding {
        guard !secretTexts.isEmpty else { return finding }
        func redacted(_ text: String) -> String {
            secretTexts.reduce(text) { $0.replacing($1, with: "<redacted>") }
        }
        var finding = finding
        finding.message = redacted(finding.message)
        finding.path = finding.path.map(redacted)
        finding.found = finding.found.map(redacted)
        finding.allowed = finding.allowed.map(redacted)
        finding.suggestion = finding.suggestion.map(redacted)
        return finding
    }

    private mutating func remember(_ text: String) {
        // What is shorter is no credential, and would be found in words that have nothing to do with it.
        guard text.utf8.count >= 6 else { return }
        let shown = ConfigurationProblem.shown(text)
        secretTexts.formUnion([text, shown.hasSuffix("…") ? String(shown.dropLast()) : shown])
    }

    private mutating func rememberTexts(of node: YAMLNode) {
        switch node.kind {
        case .scalar(let scalar):
            // A reference names a credential and is none.
            if !scalar.text.hasPrefix("${") || scalar.text.last != "}" { remember(scalar.text) }
        case .sequence(let nodes): for node in nodes { rememberTexts(of: node) }
        case .mapping(let mapping):
            for entry in mapping.entries + mapping.discarded { rememberTexts(of: entry.value) }
        case .refused: break
        }
    }

    /// Whether a key of settings is rather what should have been a value: it is no name, or nothing follows it.
    private func isMisplacedValue(_ entry: YAMLMapping.Entry) -> Bool {
        guard !settingNames.contains(entry.key), NearMiss.suggestion(for: entry.key, among: settingNames) == nil else {
            return false
        }
        return entry.value.isNull
            || !entry.key.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || "0123456789_-.".unicodeScalars.contains($0)
            }
    }

    // MARK: With a tree

    private mutating func mark(_ node: YAMLNode, inSettings: Bool) {
        switch node.kind {
        case .mapping(let mapping):
            for entry in mapping.entries + mapping.discarded {
                if inSettings, isMisplacedValue(entry) { remember(entry.key) }
                if isSecret(entry.key, inSettings: inSettings) {
                    rememberTexts(of: entry.value)
                    secretLines.formUnion(entry.keyMark.line...max(entry.keyMark.line, lastLine(of: entry.value)))
                    secretLines.formUnion(entry.value.mark.line...max(entry.value.mark.line, lastLine(of: entry.value)))
                } else if entry.key == "settings", entry.value.mapping == nil {
                    // Whatever was meant, it is what credentials were meant to stand in.
                    rememberTexts(of: entry.value)
                    secretLines.formUnion(entry.keyMark.line...max(entry.keyMark.line, lastLine(of: entry.value)))
                } else {
                    mark(entry.value, inSettings: entry.key == "settings")
                }
            }
        case .sequence(let nodes):
            for node in nodes { mark(node, inSettings: inSettings) }
        case .scalar, .refused: break
        }
    }

    private func lastLine(of node: YAMLNode) -> Int {
        switch node.kind {
        case .scalar, .refused: node.lastLine
        case .sequence(let nodes): nodes.reduce(node.mark.line) { max($0, lastLine(of: $1)) }
        case .mapping(let mapping):
            (mapping.entries + mapping.discarded).reduce(node.mark.line) { max($0, lastLine(of: $1.value)) }
        }
    }

    private func isSecret(_ key: String, inSettings: Bool) -> Bool {
        if secretNames.contains(key) { return true }
        if plainNames.contains(key) || ConfigurationFormat.allNames.contains(key) { return false }
        let folded = key.lowercased()
        if Self.words.contains(where: { folded.contains($0) }) { return true }
        if let meant = NearMiss.suggestion(for: key, among: settingNames) { return secretNames.contains(meant) }
        return inSettings
    }

    // MARK: Without a tree

    /// Whether the line, a line that it hangs under, or an open bracket that it stands in, may be about a credential.
    private func mayHoldSecret(_ index: Int) -> Bool {
        if isAboutSecrets(source.lines[index]) { return true }
        var limit = indentation(of: source.lines[index])
        for above in source.lines[..<index].reversed() where !above.isEmpty && limit > 0 {
            let width = indentation(of: above)
            guard width < limit else { continue }
            limit = width
            if isAboutSecrets(above) { return true }
        }
        return stands(inSecretBracketAt: index)
    }

    /// Whether a bracket is open above a line that may have been opened for credentials, or has one behind it.
    private func stands(inSecretBracketAt index: Int) -> Bool {
        var open: [Bool] = []
        for line in source.lines[..<index] {
            var quote: UInt8?
            for byte in line.utf8 {
                switch byte {
                case UInt8(ascii: "{"), UInt8(ascii: "["): open.append(false)
                // One within quotes closes nothing.
                case UInt8(ascii: "}"), UInt8(ascii: "]"): if quote == nil { _ = open.popLast() }
                case UInt8(ascii: "'"), UInt8(ascii: "\""):
                    if quote == nil { quote = byte } else if quote == byte { quote = nil }
                default: break
                }
            }
            if isAboutSecrets(line) { open = open.map { _ in true } }
        }
        return open.contains(true)
    }

    private func isAboutSecrets(_ line: String) -> Bool {
        let folded = line.lowercased()
        return folded.contains("settings") || Self.words.contains { folded.contains($0) }
            || secretNames.contains { line.contains($0) }
    }

    private func indentation(of line: String) -> Int { line.utf8.prefix { $0 == UInt8(ascii: " ") }.count }
}
