internal import FoundationEssentials

/// A file read as YAML: its tree, as far as there is one, and its lines.
struct YAMLDocument {
    /// How often a line is mended so that the rest can be read, and how many bytes may be read again for that in all.
    private static let mends = (count: 50, bytes: 16 << 20)

    /// The tree; `nil` where the file is empty or can't be read to its end.
    var root: YAMLNode?
    /// Whether the file could be read to its end.
    var isReadable = false
    /// The lines, for excerpts.
    var source: YAMLSource

    /// Reads a file's bytes. Everything that is wrong goes to `findings`.
    init(_ data: Data, file: String, findings: FindingCollector) {
        source = YAMLSource(data, file: file, findings: findings)
        let mends = min(Self.mends.count, Self.mends.bytes / max(1, data.count))
        for attempt in 0... {
            let attempted = FindingCollector()
            do throws(YAMLComposer.Stop) {
                var composer = try YAMLComposer(source, findings: attempted)
                root = try composer.document()
                isReadable = true
                findings.append(attempted)
                return
            } catch {
                if case .syntax(let error) = error, attempt < mends,
                    Self.mend(&source, after: error, findings: findings)
                {
                    continue
                }
                if case .syntax(let error) = error {
                    let finding = SyntaxDiagnosis(source: source, error: error).finding
                    attempted.add(finding.problem, at: finding.mark)
                }
                root = nil
                findings.append(attempted)
                return
            }
        }
    }

    /// Reports a mistake that ends libyaml's reading but needn't end ours, and takes it out of the text.
    private static func mend(
        _ source: inout YAMLSource, after error: YAMLSyntaxError, findings: FindingCollector
    ) -> Bool {
        guard let position = error.position, source.lines.indices.contains(position.line) else { return false }
        let index = position.line
        if source.mendTabsBeforeComment(ofLine: index, from: position.column) { return true }
        if let column = source.tabInIndentation(ofLine: index) {
            findings.add(.tab, at: SourceMark(file: source.file, line: index + 1, column: column))
            source.mendIndentation(ofLine: index)
            return true
        }
        if source.mendTab(ofLine: index, at: position.column) {
            findings.add(.tabAfterIndicator, at: source.mark(position))
            return true
        }
        if source.lines[index].hasPrefix("%") {
            findings.add(.directive, at: SourceMark(file: source.file, line: index + 1, column: 1))
            source.blank(line: index)
            return true
        }
        return false
    }
}
