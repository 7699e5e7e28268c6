internal import FoundationEssentials

/// A file read as YAML: its tree, as far as there is one, and its lines.
struct YAMLDocument {
    /// How often a line is mended so that the rest can be read.
    private static let mends = 50

    /// The tree; `nil` where the file is empty or can't be read to its end.
    var root: YAMLNode?
    /// Whether the file could be read to its end.
    var isReadable = false
    /// The lines, for excerpts.
    var source: YAMLSource

    /// Reads a file's bytes. Everything that is wrong goes to `findings`.
    init(_ data: Data, file: String, findings: FindingCollector) {
        source = YAMLSource(data, file: file, findings: findings)
        for attempt in 0... {
            let attempted = FindingCollector()
            do throws(YAMLComposer.Stop) {
                var composer = try YAMLComposer(source, findings: attempted)
                root = try composer.document()
                isReadable = true
                findings.append(attempted)
                return
            } catch {
                if case .syntax(let error) = error, attempt < Self.mends,
                    Self.mend(&source, after: error, findings: findings)
                {
                    continue
                }
                if case .syntax(let error) = error { Self.report(error, in: source, to: attempted) }
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
        if let column = source.tabInIndentation(ofLine: index) {
            findings.add(.tab, at: SourceMark(file: source.file, line: index + 1, column: column))
            source.mendIndentation(ofLine: index)
            return true
        }
        if source.lines[index].hasPrefix("%") {
            findings.add(.directive, at: SourceMark(file: source.file, line: index + 1, column: 1))
            source.blank(line: index)
            return true
        }
        return false
    }

    private static func report(_ error: YAMLSyntaxError, in source: YAMLSource, to findings: FindingCollector) {
        let start = SourceMark(file: source.file, line: 1, column: 1)
        let mark = error.position.map(source.mark) ?? error.offset.map(source.mark(offset:)) ?? start
        let context = error.contextPosition.map(source.mark)
        if error.context == "while scanning a quoted scalar", error.problem.hasPrefix("found unexpected"), let context {
            // libyaml notices at the end of the file; what helps is where the quote stands.
            findings.add(.unclosedQuote(noticedOnLine: mark.line), at: context)
        } else {
            findings.add(.syntax(error.problem, context: error.context, contextLine: context?.line), at: mark)
        }
    }
}
