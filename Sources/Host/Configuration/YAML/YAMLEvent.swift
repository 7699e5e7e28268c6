/// What libyaml tells about a document, as Swift values.
struct YAMLEvent {
    enum Kind {
        case streamStart, streamEnd
        /// A document begins; whether directives stand before it.
        case documentStart(hasDirectives: Bool)
        case documentEnd
        case alias(String)
        case scalar(YAMLScalar, anchor: String?, tag: String?)
        case sequenceStart(anchor: String?, tag: String?)
        case sequenceEnd
        case mappingStart(anchor: String?, tag: String?)
        case mappingEnd
    }

    /// A place as libyaml counts it: from 0, in characters.
    struct Position: Equatable {
        var line: Int
        var column: Int
    }

    var kind: Kind
    var start: Position
    var end: Position
}

/// Why libyaml gave up.
struct YAMLSyntaxError: Error {
    /// What libyaml says.
    var problem: String
    /// Where; `nil` where libyaml doesn't know.
    var position: YAMLEvent.Position?
    /// What it was reading, and where that began.
    var context: String?
    var contextPosition: YAMLEvent.Position?
    /// The byte, for errors of its reader, which leave the position at the start of the file.
    var offset: Int?
    /// The bracket that was opened last and isn't closed.
    var openBracket: YAMLEvent.Position?
    /// The text in quotes that was read last.
    var lastQuoted: (start: YAMLEvent.Position, end: YAMLEvent.Position)?
    /// The column, from 0, that the document's first line starts in; `nil` where nothing was read.
    var rootColumn: Int?
}
