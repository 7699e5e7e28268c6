import Host
import Testing

@testable import certhost

@Suite("Tables")
struct TableTests {
    private let plain = TextStyle(isColored: false)

    @Test(
        "the columns that text takes on a terminal",
        arguments: [
            ("", 0), ("abc", 3), ("주식회사 예시", 13), ("ｆｕｌｌ", 8), ("日本", 4), ("e\u{301}", 1), ("é", 1), ("👩‍👩‍👧", 2), ("✔️", 2),
            ("\u{1112}\u{1161}\u{11AB}", 2), ("–", 1), ("한", 2),
        ]
    )
    func widths(_ text: String, _ width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test("text is cut to columns, never through a wide character")
    func cutting() {
        #expect(DisplayWidth.cut("주식회사", to: 8) == "주식회사")
        #expect(DisplayWidth.cut("주식회사", to: 7) == "주식회…")
        #expect(DisplayWidth.cut("주식회사", to: 6) == "주식…")
        #expect(DisplayWidth.cut("abcdef", to: 4) == "abc…")
        #expect(DisplayWidth.cut("abc", to: 0) == "")
    }

    private var table: Table {
        var table = Table([
            TableColumn("ORDER", minimum: 6), TableColumn("NAME", minimum: 6), TableColumn("STATUS", minimum: 6),
            TableColumn("EXTRA", minimum: 10, priority: 1),
        ])
        table.append(["ncp/1", "주식회사 예시클라우드", "issued", "something long enough"])
        table.append(["ncp/22", "Example Corporation", "revoked", ""])
        return table
    }

    @Test("names in any script line up")
    func alignment() {
        let lines = table.lines(width: nil, style: plain)
        #expect(
            lines == [
                "ORDER   NAME                   STATUS   EXTRA",
                "ncp/1   주식회사 예시클라우드  issued   something long enough",
                "ncp/22  Example Corporation    revoked",
            ]
        )
    }

    @Test("a table is never wider than the terminal", arguments: [20, 24, 30, 40, 54, 80, 200])
    func fits(_ width: Int) {
        let lines = table.lines(width: width, style: plain)
        for line in lines { #expect(DisplayWidth.of(line) <= width, "\(line)") }
        #expect(lines.count == 3)
    }

    @Test("what an authority sends can't drive the terminal")
    func control() {
        var table = Table([TableColumn("NAME")])
        table.append(["a\u{1B}[2Jb\nc\u{202E}d\u{9B}e"])
        #expect(table.lines(width: nil, style: plain).last == "a\u{FFFD}[2Jb c\u{FFFD}d\u{FFFD}e")
    }

    @Test("colour marks the status alone")
    func color() {
        let line = table.lines(width: nil, style: TextStyle(isColored: true)).last
        #expect(line == "ncp/22  Example Corporation    \u{1B}[31mrevoked\u{1B}[0m")
    }

    @Test("a CSV cell is quoted where it has to be")
    func csv() {
        #expect(CSV.line(["a", "b,c", "d\"e", "f\ng", ""]) == Array("a,\"b,c\",\"d\"\"e\",\"f\ng\",\n".utf8))
    }

    @Test("providers that answer at the same time are put into their order")
    func ordered() {
        var written: [String] = []
        var output = OrderedOutput(order: ["a", "b", "c"]) { written.append(String(decoding: $0, as: UTF8.self)) }
        output.append(Array("c1".utf8), from: "c")
        output.append(Array("a1".utf8), from: "a")
        output.finish("c")
        output.append(Array("b1".utf8), from: "b")
        output.append(Array("a2".utf8), from: "a")
        output.finish("a")
        output.append(Array("b2".utf8), from: "b")
        output.finish("b")
        #expect(written == ["a1", "a2", "b1", "b2", "c1"])
    }
}
