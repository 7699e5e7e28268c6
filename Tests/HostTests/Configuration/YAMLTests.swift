import Foundation
import Testing

@testable import Host

struct YAMLTests {
    private func parse(_ yaml: String) -> (root: YAMLNode?, findings: [ConfigurationFinding]) {
        let findings = FindingCollector()
        let document = YAMLDocument(Data(yaml.utf8), file: "f", findings: findings)
        return (document.root, findings.inFileOrder)
    }

    @Test(
        "plain scalars mean what the core schema of YAML 1.2 says",
        arguments: [
            ("no", .string("no")), ("yes", .string("yes")), ("on", .string("on")), ("NO", .string("NO")),
            ("true", .boolean(true)), ("False", .boolean(false)), ("tRUE", .string("tRUE")),
            ("", .null), ("~", .null), ("null", .null), ("NULL", .null), ("nUll", .string("nUll")),
            ("0", .integer(0)), ("012", .integer(12)), ("0o17", .integer(15)), ("0o18", .string("0o18")),
            ("0x1F", .integer(31)), ("-0x1F", .string("-0x1F")), ("+7", .integer(7)), ("-7", .integer(-7)),
            ("1_000", .string("1_000")), ("0b11", .string("0b11")), ("12:30:45", .string("12:30:45")),
            ("99999999999999999999", .integer(nil)), ("1.5", .float(1.5)), (".5", .float(0.5)), ("1.", .float(1)),
            ("1e3", .float(1000)), ("-1.5E-2", .float(-0.015)), (".", .string(".")), ("e3", .string("e3")),
            (".inf", .float(.infinity)), ("-.INF", .float(-.infinity)), ("inf", .string("inf")), ("+", .string("+")),
            ("2026-01-02", .string("2026-01-02")), ("1.2.3", .string("1.2.3")), ("٣", .string("٣")),
        ] as [(String, YAMLCoreValue)])
    func coreSchema(_ text: String, _ value: YAMLCoreValue) { #expect(YAMLCoreValue(plain: text) == value) }

    @Test("every spelling of not-a-number is a number")
    func notANumber() {
        for text in [".nan", ".NaN", ".NAN"] {
            guard case .float(let value) = YAMLCoreValue(plain: text) else { Issue.record("\(text)"); continue }
            #expect(value.isNaN)
        }
    }

    @Test("a scalar in quotes is a string, whatever it looks like")
    func quoted() throws {
        let root = try #require(parse("a: '1'\nb: \"true\"\nc: |\n  null\n").root?.mapping)
        #expect(root["a"]?.value.scalar?.value == .string("1"))
        #expect(root["b"]?.value.scalar?.value == .string("true"))
        #expect(root["c"]?.value.scalar?.value == .string("null\n"))
    }

    @Test("every key and value knows its line and column, counted in characters")
    func marks() throws {
        let root = try #require(parse("é: [ü, {ключ: x}]\n").root?.mapping)
        let entry = try #require(root["é"])
        #expect(entry.keyMark == SourceMark(file: "f", line: 1, column: 1))
        let list = try #require(entry.value.sequence)
        #expect(list[0].mark.column == 5)
        #expect(list[1].mapping?["ключ"]?.keyMark.column == 9)
        #expect(list[1].mapping?["ключ"]?.value.mark.column == 15)
    }

    @Test(
        "what this format doesn't take is reported where it stands, and the rest is read on",
        arguments: [
            ("a: 1\na: 2\n", ["2:1 duplicate-key"]),
            ("a: !!str 1\nb: !x 2\nc: ! 3\n", ["1:4 tag", "2:4 tag", "3:4 tag"]),
            ("x: &x {a: 1}\ny:\n  <<: *x\n", ["3:3 merge-key"]),
            ("a: 1\n---\nb: 2\n", ["2:1 several-documents"]),
            ("a: 1\n...\nb: 2\n", ["3:1 several-documents"]),
            ("%YAML 1.2\n---\na: 1\n", ["1:1 directive"]),
            ("%YAML 1.1\n---\na: 1\n", ["1:1 directive"]),
            ("%YAML 3.0\n---\na: 1\na: 2\n", ["1:1 directive", "4:1 duplicate-key"]),
            ("%FOO bar\n---\na: 1\n", ["1:1 directive"]),
            ("%TAG !e! tag:example.com:\n---\na: 1\n", ["1:1 directive"]),
            ("[a]: 1\n", ["1:1 complex-key"]),
            ("? {a: 1}\n: 2\n", ["1:3 complex-key"]),
            ("a: *nope\n", ["1:4 unknown-anchor"]),
            ("a: &a [*a]\n", ["1:8 recursive-alias"]),
            ("\u{FEFF}a: 1\n", ["1:1 byte-order-mark"]),
            ("a: b\u{1}c\na: 2\n", ["1:5 forbidden-character", "2:1 duplicate-key"]),
            ("a: b\u{2028}c\n", ["1:5 forbidden-character"]),
            ("a: b\u{7F}c\n", ["1:5 forbidden-character"]),
            ("a:\n  b: 'c\n  d: 1\n", ["2:6 unclosed-quote"]),
            ("a: \"b\n", ["1:4 unclosed-quote"]),
            ("a: b: c\n", ["1:5 syntax"]),
            ("a: @b\n", ["1:4 syntax"]),
            ("a: [1, 2\nb: 3\n", ["1:4 unclosed-bracket"]),
            ("a:\n\tb: 1\n", ["2:1 tab-indentation"]),
            (
                "a:\n  b: 1\n\tc: 2\n\td: 3\nb: 1\nb: 2\n",
                ["3:1 tab-indentation", "4:1 tab-indentation", "6:1 duplicate-key"]
            ),
            ("a:\n\tb: 1\n\tb: 2\n", ["2:1 tab-indentation", "3:1 tab-indentation", "3:2 duplicate-key"]),
            ("a:\n  - 1\n  \t- 2\n", ["3:3 tab-indentation"]),
            ("? " + String(repeating: "k", count: 300) + "\n: 1\n", ["1:3 key-too-long"]),
        ])
    func refused(_ yaml: String, _ places: [String]) {
        #expect(parse(yaml).findings.map(\.place) == places)
    }

    @Test("a tab before a comment or in an empty line is white space, as YAML 1.2 has it")
    func tabsBeforeComments() throws {
        let parsed = parse("a: 1\n\t# c\n\t\n  \t # d\nb:\n-\t# e\n  x\n")
        #expect(parsed.findings.isEmpty)
        #expect(parsed.root?.mapping?["b"]?.value.sequence?.first?.scalar?.text == "x")
    }

    @Test("what is wrong at the end of a file without a line end stands in the file")
    func endOfFile() {
        #expect(parse("a: 1\nc: {d").findings.map(\.place) == ["2:4 unclosed-bracket"])
        #expect(parse("a: 1\nb: *").findings.map(\.place) == ["2:4 syntax"])
    }

    @Test("an anchor within a value of the same anchor is the one that an alias below repeats")
    func nestedAnchors() throws {
        let parsed = parse("a: &x\n  b: &x 1\nc: *x\n")
        #expect(parsed.findings.isEmpty)
        #expect(parsed.root?.mapping?["c"]?.value.scalar?.value == .integer(1))
    }

    @Test("a file that is wrong everywhere gets a hundred findings and how many are left")
    func manyFindings() throws {
        let findings = parse((0..<20_000).map { "k\($0): !x 1\n" }.joined()).findings
        #expect(findings.count == 101)
        let last = try #require(findings.last)
        #expect(last.code == "more-findings" && last.message.contains("19900") && last.line == 101)
    }

    @Test("tabs that don't indent are content")
    func harmlessTabs() throws {
        let parsed = parse("a: |\n  x\n  \ty\nb:\t1\t# c\nc: {\n\td: \"1\"\n\t}\n")
        #expect(parsed.findings.isEmpty)
        #expect(parsed.root?.mapping?["a"]?.value.scalar?.text == "x\n\ty\n")
    }

    @Test(
        "a line that was indented with a tab is read as its neighbours suggest",
        arguments: [
            ("a:\n  b:\n    c: 1\n\td: 2\ne: 3\n", "a:\n  b:\n    c: 1\n    d: 2\ne: 3\n"),
            ("a:\n  b: 1\n\tc:\n    d: 2\n", "a:\n  b: 1\n  c:\n    d: 2\n"),
            ("a:\n    b:\n        c: 1\n\td:\n        e: 1\n", "a:\n    b:\n        c: 1\n    d:\n        e: 1\n"),
            ("a:\n\tb:\n\t\tc: 1\n\t\td: 2\n\te: 3\nf: 4\n", "a:\n  b:\n    c: 1\n    d: 2\n  e: 3\nf: 4\n"),
            ("a:\n\tb: 1\n    c: 2\n", "a:\n    b: 1\n    c: 2\n"),
        ])
    func mendedTree(_ tabbed: String, _ spaced: String) throws {
        let mended = parse(tabbed)
        #expect(Set(mended.findings.map(\.code)) == ["tab-indentation"])
        #expect(outline(try #require(mended.root)) == outline(try #require(parse(spaced).root)))
    }

    private func outline(_ node: YAMLNode) -> String {
        switch node.kind {
        case .scalar(let scalar): scalar.text
        case .sequence(let nodes): "[\(nodes.map(outline).joined(separator: ","))]"
        case .mapping(let mapping):
            "{\(mapping.entries.map { "\($0.key):\(outline($0.value))" }.joined(separator: ","))}"
        case .refused: "?"
        }
    }

    @Test("bytes that are no UTF-8 are reported where they stand")
    func invalidUTF8() {
        let findings = FindingCollector()
        let bytes = Data("a: 1\né: ".utf8) + [0xFF] + Data("\na: 2\n".utf8)
        _ = YAMLDocument(bytes, file: "f", findings: findings)
        #expect(findings.inFileOrder.map(\.place) == ["2:4 invalid-utf8", "3:1 duplicate-key"])
    }

    @Test("line ends of all three kinds count as one line each")
    func lineEnds() {
        #expect(parse("a: 1\r\nb: 2\rc: 3\na: 4").findings.map(\.place) == ["4:1 duplicate-key"])
    }

    @Test("aliases that stand for a billion values are refused in milliseconds")
    func aliasBomb() {
        var yaml = "l0: &l0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*l\(level - 1)", count: 9).joined(separator: ", ")
            yaml += "l\(level): &l\(level) [\(aliases)]\n"
        }
        var findings: [ConfigurationFinding] = []
        let time = ContinuousClock().measure { findings = parse(yaml).findings }
        #expect(findings.map(\.code) == ["alias-expansion"])
        #expect(findings.first?.line == 6)
        #expect(time < .seconds(1))
    }

    @Test(
        "nesting without end is refused in milliseconds",
        arguments: ["[", "{a: ", "- ", "? "])
    func deepNesting(_ unit: String) {
        let yaml = String(repeating: unit, count: 100_000)
        var findings: [ConfigurationFinding] = []
        let time = ContinuousClock().measure { findings = parse(yaml).findings }
        #expect(findings.map(\.code) == ["too-deep"])
        #expect(time < .seconds(2))
    }

    @Test("aliases don't make a tree deeper than a file may be")
    func aliasDepth() {
        let deep = String(repeating: "[", count: 30) + "ANCHOR" + String(repeating: "]", count: 30)
        var yaml = "a0: &a0 \(deep.replacing("ANCHOR", with: "x"))\n"
        for level in 1...3 { yaml += "a\(level): &a\(level) \(deep.replacing("ANCHOR", with: "*a\(level - 1)"))\n" }
        #expect(parse(yaml).findings.map(\.place) == ["3:39 too-deep"])
    }

    @Test("cut anywhere, a document gives a tree or a finding, and never a crash")
    func truncations() {
        let yaml = "version: 1\nx: &a {b: [1, 'two', \"th\\u00e9\"], c: |\n  text\n }\ny: *a\n\tz: !t 3\n? k\n: v\n"
        for length in 0...yaml.utf8.count {
            let data = Data(yaml.utf8.prefix(length))
            let findings = FindingCollector()
            let document = YAMLDocument(data, file: "f", findings: findings)
            #expect(document.root != nil || !findings.findings.isEmpty || document.isReadable)
        }
    }
}
