internal import CertProtocol

/// A value with the path to it.
struct Field {
    var node: YAMLNode
    var path: ConfigurationPath
}

/// Turns scalars of the file into typed values: references are replaced, the core schema and the declared kind decide.
struct ScalarReader {
    /// What reading gave.
    enum Reading {
        case value(SettingValue)
        /// It refers to something that isn't read here; nothing can be said about the value.
        case unread
        /// It was reported.
        case invalid

        var value: SettingValue? { if case .value(let value) = self { value } else { nil } }
        var isInvalid: Bool { if case .invalid = self { true } else { false } }
    }

    /// What references are looked up with; `nil` where they are not to be read.
    let resolver: ReferenceResolver?
    let findings: FindingCollector
    /// Whether what a reference names may be absent: in a provider that isn't used.
    var toleratesAbsence = false
    /// Whether a file with a credential is looked at for who else may read it.
    var checksPermissions = false

    /// Reads a scalar of a kind.
    func read(_ field: Field, as kind: Setting.Kind, allowsLiteralSecret: Bool = false) -> Reading {
        if case .refused = field.node.kind { return .invalid }
        do throws(ConfigurationProblem) {
            guard let scalar = field.node.scalar else {
                throw .wrongType(found: field.node.kindName, expected: Self.expectation(of: kind))
            }
            let template = try ReferenceTemplate(scalar.text)
            if kind == .secret {
                guard template.hasReferences || allowsLiteralSecret else { throw .literalSecret(Self.name(of: field)) }
                guard !template.hasFallback || allowsLiteralSecret else { throw .secretFallback }
            }
            guard let resolver else {
                guard template.isOneReference || !template.hasReferences || Self.isText(kind) else {
                    throw .wrongType(found: scalar.text, expected: Self.expectation(of: kind))
                }
                if template.hasReferences { return .unread }
                return .value(try value(of: scalar, text: literal(template), template: template, kind: kind))
            }
            let text = try resolver.text(of: template)
            let value = try value(of: scalar, text: text, template: template, kind: kind)
            if kind == .secret, checksPermissions { checkPermissions(template, resolver.folder, field) }
            return .value(value)
        } catch {
            let isAbsent = error.code == "unset-variable" || error.code == "unreadable-file"
            if isAbsent, toleratesAbsence { return .unread }
            var problem = error
            if kind == .secret, !isAbsent {
                problem.found = field.node.scalar == nil ? problem.found : nil
                problem.suggestion = nil
            }
            findings.add(problem, at: field.node.mark, path: field.path)
            return .invalid
        }
    }

    private func checkPermissions(_ template: ReferenceTemplate, _ folder: ConfigurationFolder, _ field: Field) {
        for case .file(let path) in template.parts where ConfigurationFolder.isOpenToOthers(folder.absolute(path)) {
            findings.add(.openSecretFile(path), at: field.node.mark, path: field.path)
        }
    }

    /// A value that didn't come from a file: a default, or what a sandbox supplies.
    static func value(ofText text: String, kind: Setting.Kind) throws(ConfigurationProblem) -> SettingValue {
        try convert(isText(kind) ? .string(text) : YAMLCoreValue(plain: text), text: text, found: text, kind: kind)
    }

    private func literal(_ template: ReferenceTemplate) -> String {
        template.parts.reduce(into: "") { text, part in if case .literal(let literal) = part { text += literal } }
    }

    private func value(
        of scalar: YAMLScalar, text: String, template: ReferenceTemplate, kind: Setting.Kind
    ) throws(ConfigurationProblem) -> SettingValue {
        let core: YAMLCoreValue =
            if !template.hasReferences {
                scalar.value
            } else if template.isOneReference && !Self.isText(kind) {
                YAMLCoreValue(plain: text)
            } else {
                .string(text)
            }
        // What a reference stands for is never shown: the variable may hold what it should not.
        let found = scalar.isPlain || Self.isText(kind) ? scalar.text : "\"\(scalar.text)\""
        if kind == .path, text.hasPrefix("~/"), let resolver, !resolver.folder.hasHome { throw .unsetVariable("HOME") }
        return absolute(try Self.convert(core, text: text, found: found, kind: kind), as: kind)
    }

    /// A path as adapters get it; every other value as it is.
    func absolute(_ value: SettingValue, as kind: Setting.Kind) -> SettingValue {
        guard kind == .path, let resolver, case .string(let path) = value else { return value }
        return .string(resolver.folder.absolute(path))
    }

    private static func convert(
        _ core: YAMLCoreValue, text: String, found: String, kind: Setting.Kind
    ) throws(ConfigurationProblem) -> SettingValue {
        var isString: Bool { if case .string = core { true } else { false } }
        // Nearly never needed, and dear: it looks at every character.
        var wrongType: ConfigurationProblem {
            .wrongType(
                found: isString ? found : "\(found) (\(core.typeName))", expected: expectation(of: kind),
                suggestion: suggestion(for: found, kind: kind))
        }
        switch kind {
        case .string:
            guard isString else { throw wrongType }
            return .string(text)
        case .path:
            guard isString else { throw wrongType }
            guard !text.isEmpty else { throw .emptyValue("A path") }
            return .string(text)
        case .secret:
            guard !text.isEmpty else { throw .emptyValue("A credential") }
            guard text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }) else {
                throw .unusableSecret
            }
            return .secret(Secret(text))
        case .integer(let range):
            guard case .integer(let number) = core else { throw wrongType }
            guard let number, range.contains(number) else { throw .outOfRange(found, range) }
            return .integer(number)
        case .boolean:
            guard case .boolean(let value) = core else { throw wrongType }
            return .boolean(value)
        case .choice(let choices):
            guard choices.contains(text) else { throw .invalidChoice(found, allowed: choices) }
            return .string(text)
        case .serviceURL(let shape):
            do { return .serviceURL(try ServiceURL(text, shape: shape)) } catch {
                throw .invalidURL(found, error.description)
            }
        case .duration:
            guard let duration = Duration(text: text) else { throw .invalidDuration(found) }
            return .duration(duration)
        case .durationWithin(let range):
            guard let duration = Duration(text: text) else { throw .invalidDuration(found) }
            guard range.contains(duration) else {
                throw duration == .zero ? .zeroDuration(found) : .durationOutOfRange(found, range)
            }
            return .duration(duration)
        case .pattern(let pattern):
            guard isString else { throw wrongType }
            guard pattern.matches(text) else { throw .patternMismatch(found, pattern) }
            return .string(text)
        @unknown default:
            return .string(text)
        }
    }

    /// What a value of another type was probably meant to be.
    private static func suggestion(for found: String, kind: Setting.Kind) -> String? {
        let text = found.trimmingPrefix("\"").prefix { $0 != "\"" }.lowercased()
        switch kind {
        case .boolean:
            if ["yes", "on", "y", "true"].contains(text) { return "true" }
            return ["no", "off", "n", "false"].contains(text) ? "false" : nil
        case .integer: return Int(text).map(String.init)
        case .string, .pattern, .path: return "\"\(found)\""
        default: return nil
        }
    }

    private static func isText(_ kind: Setting.Kind) -> Bool {
        switch kind {
        case .integer, .boolean: false
        default: true
        }
    }

    private static func expectation(of kind: Setting.Kind) -> String {
        switch kind {
        case .integer: "a whole number"
        case .boolean: "true or false"
        case .choice: "one word"
        case .serviceURL: "a URL"
        case .duration, .durationWithin: "a length of time, such as 30s"
        case .secret: "a reference to a credential, such as ${env:NAME}"
        default: "a string"
        }
    }

    private static func name(of field: Field) -> String {
        if case .key(let key)? = field.path.components.last { key } else { "NAME" }
    }
}
