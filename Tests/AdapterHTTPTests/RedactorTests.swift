import AdapterHTTP
import CertProtocol
import Testing

@Suite("Credentials in what a server gives back")
struct RedactorTests {
    @Test(
        "a credential is recognised in every spelling",
        arguments: [
            "abc/DEF+ghi=", #"abc\/DEF+ghi="#, "abc%2FDEF%2Bghi%3D", "abc%2fDEF%2bghi%3d", "abc/DEF+ghi=\u{301}",
            "xabc/DEF+ghi=y",
        ]
    )
    func spellings(_ text: String) {
        let redacted = Redactor([Secret("abc/DEF+ghi=")]).redacted("before \(text) after")
        #expect(redacted.utf8.firstRange(of: "<redacted>".utf8) != nil)
        #expect(!redacted.contains("DEF"))
        #expect(redacted.hasPrefix("before "))
        #expect(redacted.hasSuffix(" after"))
    }

    @Test("quotes and ampersands are recognised as JSON and HTML write them")
    func escapes() {
        let redactor = Redactor([Secret(#"k"1&2<3"#)])
        #expect(redactor.redacted(#"{"key":"k\"1&2<3"}"#) == #"{"key":"<redacted>"}"#)
        #expect(redactor.redacted("<b>k&quot;1&amp;2&lt;3</b>") == "<b><redacted></b>")
    }

    @Test("of two credentials that overlap, the longer is taken whole")
    func overlapping() {
        #expect(
            Redactor([Secret("abc"), Secret("abcdef123")]).redacted("x abcdef123 abc") == "x <redacted> <redacted>")
        #expect(Redactor([Secret("")]).redacted("nothing") == "nothing")
    }

    @Test("an excerpt never shows the cut half of a credential", arguments: [0, 100, 115, 119, 500, 1975, 5000])
    func excerpts(_ spaces: Int) {
        let redactor = Redactor([Secret("SUPERSECRETKEY123")])
        let body =
            "{" + String(repeating: " ", count: spaces) + String(repeating: "x", count: spaces % 120)
            + "SUPERSECRETKEY123"
        #expect(!redactor.excerpt(of: Array(body.utf8)).contains("SUPERSEC"))
    }

    @Test("a row that gives a credential back is shown without it")
    func rows() throws {
        let problem = RowProblem(
            reason: "It has no id.", raw: try JSONValue(parsing: #"["SUPERSECRETKEY123",{"a":1}]"#))
        let redacted = Redactor([Secret("SUPERSECRETKEY123")]).redacted(problem)
        #expect(redacted.raw.stringValue == #"["<redacted>",{"a":1}]"#)
        #expect(Redactor([]).redacted(problem).raw == problem.raw)
    }

    @Test("a body is given back as it came, unless it holds a credential that can be told from data")
    func bodies() {
        let redactor = Redactor([Secret("abc/DEF+ghi="), Secret("7")])
        let body = Array(#"{"id":7,"note":"x"}"#.utf8)
        #expect(redactor.redacted(body: body) == body)
        let echoed = Array(#"{"id":7,"note":"abc\/DEF+ghi="}"#.utf8)
        #expect(redactor.redacted(body: echoed) == Array(#"{"id":7,"note":"<redacted>"}"#.utf8))
        #expect(redactor.redacted(body: []) == [])
    }
}
