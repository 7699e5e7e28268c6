import Foundation
import Testing

@testable import Host

/// Documents that a generator writes, and breaks, read by libyaml with our composer and by ruamel.yaml: both give the
/// same tree, or both refuse, or the difference is one that has a name here.
@Suite(.enabled(if: YAMLReference.isInstalled, "ruamel.yaml is not installed; make test installs it"))
struct YAMLDifferentialTests {
    /// What this format refuses by intent, whatever YAML 1.2 says, by the codes of the findings.
    static let policy = [
        "tag": "a value is typed by what it is, never by a tag",
        "directive": "there is one version of the format and no tags to name",
        "merge-key": "merge keys are not a part of YAML 1.2's core schema",
        "duplicate-key": "of two values one would be lost",
        "several-documents": "one file, one configuration",
        "complex-key": "keys are names",
        "recursive-alias": "a configuration is a tree",
        "forbidden-character": "control characters and the separators of YAML 1.1 hide what a line says",
        "tab-indentation": "tabs after an indicator are refused as in indentation",
        "too-deep": "a limit", "key-too-long": "a limit", "alias-expansion": "a limit",
    ]

    /// A difference that is known: what the refusal says, and what stands in the document.
    struct Difference {
        var name: String
        var words = ""
        var document: String

        func explains(_ words: String, _ document: String) -> Bool {
            (self.words.isEmpty || words.contains(self.words))
                && document.range(of: self.document, options: .regularExpression) != nil
        }
    }

    /// What libyaml refuses though YAML 1.2 allows it. The refusal comes with a place.
    static let strictness = [
        Difference(
            name: "libyaml: a name of an anchor is made of ASCII letters, digits, - and _",
            words: "letters, digits", document: "[&*][^\\s]*[^A-Za-z0-9_ -]"),
        Difference(
            name: "libyaml: in brackets, a colon before a comma or a bracket ends no key", words: "unexpected ':'",
            document: ":[,\\[\\]{}]"),
        Difference(
            name: "libyaml: a name of an anchor ends before a colon", words: "letters, digits", document: "[&*][^\\s]*:"
        ),
        Difference(
            name: "libyaml: a key in a block has something before its colon",
            document: "(?m)^([\\s-]|[&][a-z0-9]+ )*:(\\s|$)"),
        Difference(
            name: "libyaml: in brackets, a plain value doesn't start with a colon",
            document: "[\\[{,:\\s]:[^\\s,\\[\\]{}]"),
    ]

    /// What ruamel.yaml refuses though it is allowed.
    static let referenceStrictness = [
        Difference(name: "ruamel.yaml: tabs before comments and in empty lines", words: "'\\t'", document: "\t"),
        Difference(name: "ruamel.yaml: tabs within a plain value", words: "expected ','", document: "\\S\\t"),
        Difference(
            name: "ruamel.yaml: a quoted key with its value right behind the colon, on a later line",
            words: "but got '<scalar>'", document: "[\"']:[^\\s]"),
    ]

    /// Plain scalars that ruamel.yaml types otherwise than the core schema.
    static let types: [(name: String, ours: String, theirs: String, pattern: String)] = [
        ("underscores in numbers", "str", "int", "[-+]?[0-9][0-9_]*_[0-9_]*"),
        ("binary numbers", "str", "int", "[-+]?0b[01_]+"),
        ("timestamps", "str", "timestamp", "[0-9]{4}-.*"),
        ("the merge key as a value", "str", "merge", "<<"),
        ("the value key", "str", "value", "="),
        (
            "a fraction without digits before the point, with an exponent", "float", "str",
            "[-+]?\\.[0-9]+[eE][-+]?[0-9]+"
        ),
    ]

    static let count = ProcessInfo.processInfo.environment["CERTHOST_DIFFERENTIAL"].flatMap(Int.init) ?? 4000

    @Test("our reading of thousands of documents is that of a second implementation")
    func differential() throws {
        let documents = (0..<Self.count).map { seed in
            var generator = YAMLGenerator(seed: seed)
            let document = generator.document()
            guard seed % 3 == 0 else { return document }
            var mutation = YAMLMutation(seed: seed)
            return mutation.mutated(document)
        }
        let answers = try YAMLReference.read(documents)
        try #require(answers.count == documents.count)
        var counts: [String: Int] = [:]
        for (seed, (document, answer)) in zip(documents, answers).enumerated() {
            let verdict = compare(document, answer)
            counts[verdict.name, default: 0] += 1
            if let problem = verdict.problem {
                Issue.record("document \(seed): \(problem)\n\(document.debugDescription)")
            }
        }
        // A generator that writes what nobody takes would prove nothing.
        #expect(counts["same tree", default: 0] > Self.count / 3)
        #expect(counts["both refuse", default: 0] > Self.count / 50)
    }

    private func compare(_ document: String, _ answer: YAMLReference.Answer) -> (name: String, problem: String?) {
        let collector = FindingCollector()
        let root = YAMLDocument(Data(document.utf8), file: "f", findings: collector).root
        let errors = collector.inFileOrder.filter { $0.severity == .error }
        if errors.contains(where: { $0.line == nil || $0.column == nil }) {
            return ("no place", "a refusal without a place: \(errors)")
        }
        if let code = errors.first(where: { Self.policy[$0.code] != nil })?.code { return (code, nil) }
        switch (errors.first, answer.refusal) {
        case (nil, nil):
            let difference = difference(root, answer.tree)
            return (difference == nil ? "same tree" : "other tree", difference)
        case (_?, _?): return ("both refuse", nil)
        case (let error?, nil):
            let known = Self.strictness.first { $0.explains(error.message, document) }
            return (known?.name ?? "we refuse", known == nil ? "only we refuse: \(error.place) \(error.message)" : nil)
        case (nil, let refusal?):
            let known = Self.referenceStrictness.first { $0.explains(refusal, document) }
            return (known?.name ?? "they refuse", known == nil ? "only they refuse: \(refusal)" : nil)
        }
    }

    /// How two trees differ; `nil` where they don't.
    private func difference(_ ours: YAMLNode?, _ theirs: YAMLReference.Tree?) -> String? {
        guard let ours, let theirs else {
            // A document that is empty is a null to one of them.
            let isNothing = (ours?.isNull ?? true) && (theirs?.isNull ?? true)
            return isNothing ? nil : "one has a tree: \(String(describing: ours)) \(String(describing: theirs))"
        }
        switch (ours.kind, theirs) {
        case (.scalar(let scalar), .scalar(let type, let text, let value)):
            return difference(scalar, type: type, text: text, value: value)
        case (.sequence(let nodes), .sequence(let others)):
            guard nodes.count == others.count else { return "\(nodes.count) elements, not \(others.count)" }
            return zip(nodes, others).lazy.compactMap { difference($0, $1) }.first
        case (.mapping(let mapping), .mapping(let others)):
            guard mapping.entries.count == others.count else {
                return "\(mapping.entries.count) entries, not \(others.count)"
            }
            return zip(mapping.entries, others).lazy.compactMap { entry, other in
                guard case .scalar(_, let text, _) = other.key, text == entry.key else {
                    return "the key \(entry.key.debugDescription), not \(other.key)"
                }
                return difference(entry.value, other.value)
            }.first
        default: return "\(ours.kindName), not \(theirs)"
        }
    }

    private func difference(_ scalar: YAMLScalar, type: String, text: String, value: String) -> String? {
        guard scalar.text.unicodeScalars.elementsEqual(text.unicodeScalars) else {
            return "the text \(scalar.text.debugDescription), not \(text.debugDescription)"
        }
        let (ourType, ourValue) = described(scalar.value)
        // Where a whole number doesn't fit 64 bits, that is all that is known of it.
        if ourType == type, ourValue == (type == "int" && Int(value) == nil ? "" : value) { return nil }
        let known = Self.types.contains {
            $0.ours == ourType && $0.theirs == type
                && text.range(of: "^(\($0.pattern))$", options: .regularExpression) != nil
        }
        return known ? nil : "\(text.debugDescription) is \(ourType) \(ourValue), not \(type) \(value)"
    }

    private func described(_ value: YAMLCoreValue) -> (type: String, value: String) {
        switch value {
        case .null: return ("null", "")
        case .boolean(let value): return ("bool", String(value))
        case .integer(let number): return ("int", number.map(String.init) ?? "")
        case .float(let number):
            let digits = String(number.bitPattern, radix: 16)
            return (
                "float", number.isNaN ? "nan" : String(repeating: "0", count: 16 - digits.count) + digits
            )
        case .string: return ("str", "")
        }
    }
}

extension YAMLReference.Tree {
    var isNull: Bool { if case .scalar("null", _, _) = self { true } else { false } }
}
