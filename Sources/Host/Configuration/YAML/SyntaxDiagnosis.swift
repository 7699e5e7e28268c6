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
        // A list's end or a comma is not text.
        return isBracket(character(at: position)) || last.end.column > position.column
            ? nil : (.textAfterQuote, source.mark(position))
    }

    private func bracket(_ position: YAMLEvent.Position) -> Finding? {
        guard let opened = error.openBracket, let opening = character(at: opened), opening == "[" || opening == "{",
            error.problem.hasPrefix("did not find expected")
        else { return nil }
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
        case "while scanning a simple key": return (.missingColon, source.mark(context))
        default: return nil
        }
    }

    private func line(_ position: YAMLEvent.Position) -> Finding? {
        let mark = source.mark(position)
        if error.problem == "did not find expected <document start>", let root = error.rootColumn {
            return position.column < root ? (.indentedLess(than: root + 1), mark) : (.severalDocuments, mark)
        }
        guard error.problem == "mapping values are not allowed in this context",
            source.lines.indices.contains(position.line)
        else { return nil }
        let before = String(
            String.UnicodeScalarView(source.lines[position.line].unicodeScalars.prefix(position.column)))
        return (before.contains(": ") ? .colonInValue : .indentedBelowValue, mark)
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

    private func isBracket(_ character: Character?) -> Bool { character.map { "[]{},".contains($0) } ?? true }

    private func isAtEnd(_ position: YAMLEvent.Position) -> Bool { position.line >= source.lines.count - 1 }

    private func indentation(ofLine index: Int) -> Int {
        source.lines.indices.contains(index) ? source.lines[index].prefix { $0 == " " }.count : 0
    }
}
