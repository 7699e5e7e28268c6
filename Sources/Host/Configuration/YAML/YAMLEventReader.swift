import CLibYAML

/// libyaml's event parser over a text in memory.
///
/// It owns the parser and the copy of the text that the parser points into; both live exactly as long as the reader does,
/// whatever is thrown. Each event is copied into Swift values and freed before it is returned.
final class YAMLEventReader {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    /// Where collections that are open start; `nil` for those without brackets.
    private var open: [YAMLEvent.Position?] = []
    private var lastQuoted: (start: YAMLEvent.Position, end: YAMLEvent.Position)?
    private var rootColumn: Int?

    init(_ text: String) throws(YAMLSyntaxError) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw YAMLSyntaxError(problem: "out of memory")
        }
        // One byte more than the text, so that the address is a valid one for an empty text too.
        let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count + 1)
        input.initialize(repeating: 0)
        _ = input.update(fromContentsOf: text.utf8)
        self.parser = parser
        self.input = input
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, text.utf8.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next event. After `streamEnd` or an error there is none.
    func next() throws(YAMLSyntaxError) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
        defer { yaml_event_delete(&event) }
        note(event)
        return YAMLEvent(
            kind: Self.kind(of: event), start: Self.position(event.start_mark), end: Self.position(event.end_mark))
    }

    /// Keeps what helps to explain an error that may come.
    private func note(_ event: yaml_event_t) {
        let start = Self.position(event.start_mark)
        switch event.type {
        case YAML_SEQUENCE_START_EVENT:
            open.append(event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE ? start : nil)
        case YAML_MAPPING_START_EVENT:
            open.append(event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE ? start : nil)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: _ = open.popLast()
        case YAML_SCALAR_EVENT:
            let style = event.data.scalar.style
            let isQuoted = style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE
            lastQuoted = isQuoted ? (start, Self.position(event.end_mark)) : nil
        case YAML_ALIAS_EVENT: lastQuoted = nil
        default: return
        }
        rootColumn = rootColumn ?? start.column
    }

    private var failure: YAMLSyntaxError {
        let state = parser.pointee
        let isReaderError = state.error == YAML_READER_ERROR
        return YAMLSyntaxError(
            problem: state.problem.map { String(cString: $0) } ?? "out of memory",
            position: isReaderError ? nil : Self.position(state.problem_mark),
            context: state.context.map { String(cString: $0) },
            contextPosition: state.context == nil ? nil : Self.position(state.context_mark),
            offset: isReaderError ? Int(state.problem_offset) : nil, openBracket: open.last { $0 != nil } ?? nil,
            lastQuoted: lastQuoted, rootColumn: rootColumn)
    }

    private static func position(_ mark: yaml_mark_t) -> YAMLEvent.Position {
        YAMLEvent.Position(line: Int(mark.line), column: Int(mark.column))
    }

    private static func kind(of event: yaml_event_t) -> YAMLEvent.Kind {
        let data = event.data
        switch event.type {
        case YAML_STREAM_START_EVENT: return .streamStart
        case YAML_DOCUMENT_START_EVENT:
            let start = data.document_start
            let hasTags = start.tag_directives.start != start.tag_directives.end
            return .documentStart(hasDirectives: start.version_directive != nil || hasTags)
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_ALIAS_EVENT: return .alias(text(data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let value = YAMLScalar(
                text: String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
            return .scalar(value, anchor: text(scalar.anchor), tag: text(scalar.tag))
        case YAML_SEQUENCE_START_EVENT:
            return .sequenceStart(anchor: text(data.sequence_start.anchor), tag: text(data.sequence_start.tag))
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            return .mappingStart(anchor: text(data.mapping_start.anchor), tag: text(data.mapping_start.tag))
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        default: return .streamEnd
        }
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }
}
