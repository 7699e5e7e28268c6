/// Builds the tree of one document from libyaml's events, and reports what this format doesn't take.
///
/// What can be passed over is reported and passed over, so that one reading finds as much as possible.
struct YAMLComposer {
    /// What a document may cost.
    enum Limit {
        /// Levels of nesting. libyaml's own cost grows with the square of the depth, so it is checked event by event.
        static let depth = 64
        /// Nodes that aliases may stand for in all.
        static let expansion = 100_000
        /// Characters of a key.
        static let keyLength = 256
    }

    /// Why composing ended early.
    enum Stop: Error {
        case syntax(YAMLSyntaxError)
        /// Something that was reported and can't be passed over.
        case refused
    }

    private let reader: YAMLEventReader
    private let source: YAMLSource
    private let findings: FindingCollector
    /// Nodes by their anchors, with the number of the anchor; `nil` while the node is still being read.
    private var anchors: [String: (number: Int, node: YAMLNode?)] = [:]
    private var anchorCount = 0
    private var expanded = 0
    /// Whether a key is being read that is no string: what is wrong within it is not worth saying.
    private var isWithinKey = false

    /// A composer for a text.
    init(_ source: YAMLSource, findings: FindingCollector) throws(Stop) {
        self.source = source
        self.findings = findings
        do { reader = try YAMLEventReader(source.text) } catch { throw .syntax(error) }
    }

    /// The tree of the only document; `nil` where there is no document.
    mutating func document() throws(Stop) -> YAMLNode? {
        var root: YAMLNode?
        while true {
            let event: YAMLEvent
            do { event = try reader.next() } catch {
                guard root != nil, error.problem == "did not find expected <document start>" else {
                    throw .syntax(error)
                }
                let finding = SyntaxDiagnosis(source: source, error: error).finding
                guard finding.problem.code == ConfigurationProblem.severalDocuments.code else { throw .syntax(error) }
                findings.add(finding.problem, at: finding.mark)
                return root
            }
            switch event.kind {
            case .streamEnd: return root
            case .documentStart(let hasDirectives):
                guard root == nil else {
                    findings.add(.severalDocuments, at: source.mark(event.start))
                    return root
                }
                if hasDirectives { findings.add(.directive, at: source.mark(event.start)) }
                root = try node(next(), depth: 1, path: ConfigurationPath())
            default: continue
            }
        }
    }

    private func next() throws(Stop) -> YAMLEvent {
        do { return try reader.next() } catch { throw .syntax(error) }
    }

    private mutating func node(_ event: YAMLEvent, depth: Int, path: ConfigurationPath) throws(Stop) -> YAMLNode {
        let mark = source.mark(event.start)
        guard depth <= Limit.depth else {
            findings.add(.tooDeep(limit: Limit.depth), at: mark, path: path)
            throw .refused
        }
        switch event.kind {
        case .scalar(let scalar, let anchor, let tag):
            report(tag: tag, at: mark, path: path)
            checkName(anchor, at: event.start, path: path)
            // The end of a block scalar is the start of the line after it.
            let endsBefore = event.end.column == 0 && event.end.line > event.start.line
            let lastLine = event.end.line + (endsBefore ? 0 : 1)
            // Who wrote a tag meant another value than the one that stands behind it.
            let kind: YAMLNode.Kind = tag == nil ? .scalar(scalar) : .refused
            let node = YAMLNode(kind: kind, mark: mark, lastLine: lastLine, size: 1, height: 1)
            return remember(node, anchor: anchor, number: open(anchor))
        case .sequenceStart(let anchor, let tag):
            report(tag: tag, at: mark, path: path)
            checkName(anchor, at: event.start, path: path)
            let number = open(anchor)
            return try remember(sequence(mark, depth: depth, path: path), anchor: anchor, number: number)
        case .mappingStart(let anchor, let tag):
            report(tag: tag, at: mark, path: path)
            checkName(anchor, at: event.start, path: path)
            let number = open(anchor)
            return try remember(mapping(mark, depth: depth, path: path), anchor: anchor, number: number)
        case .alias(let name):
            checkName(name, at: event.start, path: path)
            return try expand(name, depth: depth, at: mark, path: path)
        default: return refused(mark)
        }
    }

    private mutating func sequence(_ mark: SourceMark, depth: Int, path: ConfigurationPath) throws(Stop) -> YAMLNode {
        var nodes: [YAMLNode] = []
        while true {
            let event = try next()
            if case .sequenceEnd = event.kind { break }
            nodes.append(try node(event, depth: depth + 1, path: path.appending(nodes.count)))
        }
        let size = nodes.reduce(1) { $0 + $1.size }
        let height = nodes.reduce(1) { max($0, $1.height + 1) }
        return YAMLNode(kind: .sequence(nodes), mark: mark, lastLine: mark.line, size: size, height: height)
    }

    private mutating func mapping(_ mark: SourceMark, depth: Int, path: ConfigurationPath) throws(Stop) -> YAMLNode {
        var mapping = YAMLMapping()
        var lines: [String: Int] = [:]
        var size = 1
        var height = 1
        while true {
            let event = try next()
            if case .mappingEnd = event.kind { break }
            let keyNode = try self.keyNode(event, depth: depth + 1, path: path)
            // An alias as a key stands where it is written, not where its anchor is.
            let keyMark = source.mark(event.start)
            let name = key(of: keyNode, at: keyMark, path: path)
            let keyPath = path.appending(name ?? "?")
            let value = try node(next(), depth: depth + 1, path: keyPath)
            size += value.size + 1
            height = max(height, value.height + 1)
            guard let name else {
                mapping.isWhole = false
                continue
            }
            let entry = YAMLMapping.Entry(key: name, keyMark: keyMark, value: value)
            if name == "<<", keyNode.scalar?.isPlain == true {
                findings.add(.mergeKey, at: keyMark, path: path)
                mapping.discarded.append(entry)
                mapping.isWhole = false
            } else if let line = lines[name] {
                findings.add(.duplicateKey(name, firstLine: line), at: keyMark, path: keyPath)
                mapping.discarded.append(entry)
            } else {
                lines[name] = keyMark.line
                mapping.entries.append(entry)
            }
        }
        return YAMLNode(kind: .mapping(mapping), mark: mark, lastLine: mark.line, size: size, height: height)
    }

    private mutating func keyNode(
        _ event: YAMLEvent, depth: Int, path: ConfigurationPath
    ) throws(Stop) -> YAMLNode {
        let wasWithinKey = isWithinKey
        switch event.kind {
        case .sequenceStart, .mappingStart: isWithinKey = true
        default: break
        }
        defer { isWithinKey = wasWithinKey }
        return try node(event, depth: depth, path: path)
    }

    private func key(of node: YAMLNode, at mark: SourceMark, path: ConfigurationPath) -> String? {
        switch node.kind {
        case .scalar(let scalar):
            let length = scalar.text.unicodeScalars.count
            guard length <= Limit.keyLength else {
                findings.add(.keyTooLong(length, limit: Limit.keyLength), at: mark, path: path)
                return nil
            }
            return scalar.text
        case .sequence, .mapping:
            if !isWithinKey { findings.add(.complexKey(node.kindName), at: mark, path: path) }
            return nil
        case .refused: return nil
        }
    }

    private func report(tag: String?, at mark: SourceMark, path: ConfigurationPath) {
        if let tag { findings.add(.tag(tag), at: mark, path: path) }
    }

    /// To YAML, what follows `&` or `*` is a name up to the next space; libyaml ends it before, and what stands there would
    /// be read as a value.
    private func checkName(_ name: String?, at position: YAMLEvent.Position, path: ConfigurationPath) {
        guard let name, source.lines.indices.contains(position.line) else { return }
        let rest = source.lines[position.line].unicodeScalars.dropFirst(position.column)
        guard rest.first == "&" || rest.first == "*",
            let next = rest.dropFirst(name.unicodeScalars.count + 1).first, !" \t,[]{}".unicodeScalars.contains(next)
        else { return }
        findings.add(.valueStartsAlias, at: source.mark(position), path: path)
    }

    private mutating func open(_ anchor: String?) -> Int {
        anchorCount += 1
        if let anchor { anchors[anchor] = (anchorCount, nil) }
        return anchorCount
    }

    private mutating func remember(_ node: YAMLNode, anchor: String?, number: Int) -> YAMLNode {
        // An anchor of the same name within the node begins after the node's own, and is the one that holds.
        if let anchor, anchors[anchor]?.number == number { anchors[anchor]?.node = node }
        return node
    }

    private mutating func expand(
        _ name: String, depth: Int, at mark: SourceMark, path: ConfigurationPath
    ) throws(Stop) -> YAMLNode {
        guard let anchored = anchors[name] else {
            findings.add(.unknownAnchor(name, known: anchors.keys.sorted()), at: mark, path: path)
            return refused(mark)
        }
        guard let node = anchored.node else {
            findings.add(.recursiveAlias(name), at: mark, path: path)
            return refused(mark)
        }
        guard depth + node.height - 1 <= Limit.depth else {
            findings.add(.tooDeep(limit: Limit.depth), at: mark, path: path)
            return refused(mark)
        }
        expanded += node.size
        guard expanded <= Limit.expansion else {
            findings.add(.aliasExpansion(limit: Limit.expansion), at: mark, path: path)
            throw .refused
        }
        return node
    }

    private func refused(_ mark: SourceMark) -> YAMLNode {
        YAMLNode(kind: .refused, mark: mark, lastLine: mark.line, size: 1, height: 1)
    }
}
