/// Tells from libyaml's complaint what an operator did: libyaml names the place where it noticed, often far below.
struct SyntaxDiagnosis {
    let source: YAMLSource
    let error: YAMLSyntaxError

    /// What is wrong, and where.
    var finding: (problem: ConfigurationProblem, mark: SourceMark) {
        guard let position = error.position else {
            let start = SourceMark(file: source.file, line: 1, column: 1)
            return (.syntax(error.problem, contextLine: nil), error.offset.map(source.mark(offset:)) ?? start)
        }
        return quote(position) ?? bracket(position) ?? indicator(position) ?? line(position)
            ?? (
                .syntax(error.problem, contextLine: error.contextPosition.map { source.mark($0).line }),
                source.mark(position)
            )
    }

    private typealias Finding = (problem: ConfigurationProblem, mark: SourceMark)

    private func quote(_ position: YAMLEvent.Position) -> Finding? {
        if error.context == "while scanning a quoted scalar", error.problem.hasPrefix("found unexpected"),
            let opened = error.contextPosition
        {
            return (.unclosedQuote(noticedOnLine: source.mark(position).line), source.mark(opened))
        }
        guard let last = error.lastQuoted, last.end.line == position.line, error.context?.contains("scanning") != true
        else { return nil }
        if last.start.line < last.end.line {
            return (.quoteClosedElsewhere(onLine: source.mark(last.end).line), source.mark(last.start))
        }
        let isText = character(at: position).map { !"[]{},".contains($0) } ?? false
        return isText && error.openBracket == nil && last.end.column <= position.column
            ? (.textAfterQuote, source.mark(position)) : nil
    }

    private func bracket(_ position: YAMLEvent.Position) -> Finding? {
        guard error.problem.hasPrefix("did not find expected") else { return nil }
        if error.openBracket == nil, let found = character(at: position), found == "]" || found == "}" {
            return (.strayBracket(found), source.mark(position))
        }
        guard let opened = error.openBracket, let opening = character(at: opened), opening == "[" || opening == "{"
        else {
            return nil
        }
        let closing: Character = opening == "[" ? "]" : "}"
        let (mark, line) = (source.mark(position), source.mark(opened).line)
        let found = character(at: position)
        if found == "{", character(before: position) == "$" { return (.unquotedReference, mark) }
        if let found, found == "]" || found == "}", found != closing {
            return (.wrongBracket(found, expected: closing, openedOnLine: line), mark)
        }
        let isOutside =
            position.line > opened.line && indentation(ofLine: position.line) <= indentation(ofLine: opened.line)
        if found == nil && isAtEnd(position) || isOutside && found != closing {
            return (.unclosedBracket(opening, noticedOnLine: mark.line), source.mark(opened))
        }
        guard error.problem.contains("','") else { return nil }
        return (.missingComma(openedOnLine: line, closedBy: closing), mark)
    }

    private func indicator(_ position: YAMLEvent.Position) -> Finding? {
        guard let context = error.contextPosition else { return nil }
        switch error.context {
        case "while scanning an alias", "while scanning an anchor": return (.valueStartsAlias, source.mark(context))
        case "while scanning a simple key": return key(at: context)
        default: return nil
        }
    }

    /// What was read as a key without a colon, or over several lines.
    private func key(at position: YAMLEvent.Position) -> Finding {
        let text = source.lines.indices.contains(position.line) ? source.lines[position.line] : ""
        let isConflict = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].contains { text.hasPrefix($0) }
        return (isConflict ? .mergeConflict : .missingColon, source.mark(position))
    }

    private func line(_ position: YAMLEvent.Position) -> Finding? {
        let mark = source.mark(position)
        if error.problem == "did not find expected <document start>", let root = error.rootColumn {
            return position.column < root ? (.indentedLess(than: root + 1), mark) : (.severalDocuments, mark)
        }
        guard error.problem == "mapping values are not allowed in this context",
            source.lines.indices.contains(position.line)
        else { return nil }
        if let space = noBreakSpace(near: position.line) { return (.noBreakSpace, source.mark(space)) }
        let before = String(
            String.UnicodeScalarView(source.lines[position.line].unicodeScalars.prefix(position.column)))
        if before.contains(": ") { return (.colonInValue, mark) }
        // The line above holds neither a key nor a value: it was meant to be a key.
        if let above = source.lines[..<position.line].lastIndex(where: { !$0.allSatisfy { $0 == " " } }) {
            let text = source.lines[above]
            if !text.contains(": "), !text.hasSuffix(":"),
                indentation(ofLine: above) == indentation(ofLine: position.line)
            {
                return key(at: YAMLEvent.Position(line: above, column: indentation(ofLine: above)))
            }
        }
        return (.indentedBelowValue, mark)
    }

    /// A space that isn't one to YAML, in a line or the one above it.
    private func noBreakSpace(near index: Int) -> YAMLEvent.Position? {
        for line in [index - 1, index] where source.lines.indices.contains(line) {
            let scalars = source.lines[line].unicodeScalars
            guard
                let place = scalars.firstIndex(where: {
                    $0 != " " && $0.properties.generalCategory == .spaceSeparator
                })
            else { continue }
            return YAMLEvent.Position(line: line, column: scalars.distance(from: scalars.startIndex, to: place))
        }
        return nil
    }

    // MARK: The text around

    private func character(at position: YAMLEvent.Position) -> Character? {
        guard source.lines.indices.contains(position.line) else { return nil }
        return source.lines[position.line].unicodeScalars.dropFirst(position.column).first.map(Character.init)
    }

    private func character(before position: YAMLEvent.Position) -> Character? {
        var position = position
        guard position.column > 0 else { return nil }
        position.column -= 1
        return character(at: position)
    }

    private func isAtEnd(_ position: YAMLEvent.Position) -> Bool { position.line >= source.lines.count - 1 }

    private func indentation(ofLine index: Int) -> Int {
        source.lines.indices.contains(index) ? source.lines[index].prefix { $0 == " " }.count : 0
    }
}
