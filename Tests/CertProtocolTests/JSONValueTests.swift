import CertProtocol
import FoundationEssentials
import Testing

@Suite("JSON as a certificate authority sent it")
struct JSONValueTests {
    @Test(
        "numbers keep their digits",
        arguments: [
            "0", "-0", "9007199254740993", "18446744073709551616", "1.10", "-1.5e+300", "12345678901234567890.123",
        ]
    )
    func digits(_ number: String) throws {
        let value = try JSONValue(parsing: "[\(number)]")
        #expect(value.text == "[\(number)]")
        #expect(value.elements.map(\.numberText) == [number])
    }

    @Test("members keep their order, and those that nobody documented stay")
    func members() throws {
        let value = try JSONValue(parsing: #" { "z" : 1 , "a" : { "새로운": [ true , null ] } } "#)
        #expect(value.text == #"{"z":1,"a":{"새로운":[true,null]}}"#)
        #expect(value.members.map(\.name) == ["z", "a"])
        #expect(value["a"]?["새로운"]?.elements.map(\.kind) == [.boolean, .null])
    }

    @Test("names are told apart by every byte, however alike they are, and escaped ones are found")
    func alikeNames() throws {
        let value = try JSONValue(parsing: #"{"xid":0,"idx":1,"id":2,"ix":3,"":4,"\u0069e":5}"#)
        #expect(["xid", "idx", "id", "ix", "", "ie", "x"].map { value.integer($0) } == [0, 1, 2, 3, 4, 5, nil])
        #expect(try JSONValue(parsing: "[1]")["1"] == nil)
    }

    @Test("escapes are undone in text and kept in raw output")
    func escapes() throws {
        let value = try JSONValue(parsing: #"{"pem":"a\r\nb\/c\u00e9\ud83d\ude00\ud800","\u006bey":1}"#)
        #expect(value.string("pem") == "a\r\nb/cé😀\u{FFFD}")
        #expect(value.integer("key") == 1)
        #expect(value.text.contains(#"b\/c\u00e9"#))
    }

    @Test(
        "what isn't JSON is refused with its place",
        arguments: [
            ("", 0), ("  ", 2), ("{", 1), ("[1,]", 3), ("[1 2]", 3), ("{\"a\" 1}", 5), ("{a:1}", 1), ("nul", 0),
            ("01", 1), ("1.", 2), ("\"a", 2), ("\"\u{01}\"", 1), ("\"\\x\"", 1), ("[1]x", 3), ("<html>", 0),
            ("\"\\u12g4\"", 1), ("-", 1), ("1e", 2), ("{\"a\":1,}", 7), ("\u{FEFF}{}", 0),
        ]
    )
    func refused(_ text: String, _ offset: Int) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
        do {
            _ = try JSONValue(parsing: text)
        } catch {
            #expect(error.offset == offset, "\(error)")
        }
    }

    @Test(
        "text that isn't UTF-8 is refused",
        arguments: [
            [0x80], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82],
        ]
            as [[UInt8]]
    )
    func invalidUTF8(_ bytes: [UInt8]) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: [0x22] + bytes + [0x22]) }
    }

    @Test("nesting beyond the limit is refused, at any depth, without exhausting the stack")
    func depth() {
        let deep = String(repeating: "[", count: 1_000_000)
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: deep) }
        let allowed = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        #expect(throws: Never.self) { try JSONValue(parsing: allowed) }
    }

    @Test("every prefix of a document is refused, and none crashes")
    func truncation() throws {
        let text = #"{"a":[1,-2.5e3,"\u00e9\ud83d\ude00 é",true,false,null],"b":{}}"#
        let bytes = Array(text.utf8)
        for length in 0..<bytes.count {
            #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: Array(bytes.prefix(length))) }
        }
        #expect(throws: Never.self) { try JSONValue(parsing: bytes) }
    }

    @Test("ids are read from numbers and from strings, beyond 32 bits, and never rounded")
    func lenientIntegers() throws {
        let value = try JSONValue(
            parsing: #"{"a":3179443638,"b":"15164434343","c":1e3,"d":1.5,"e":"x","f":null,"g":9223372036854775808}"#
        )
        #expect(value.integer("a") == 3_179_443_638)
        #expect(value.integer("b") == 15_164_434_343)
        #expect(value.integer("c") == 1000)
        #expect(["d", "e", "f", "g", "h"].allSatisfy { value.integer($0) == nil })
    }

    @Test("what is no number gives none", arguments: ["-", ".", "+-+-", "1e", "", "1 2", "0x10", "1,5", "١"])
    func noDecimal(_ text: String) {
        #expect(JSONValue(["a": .string(text)]).decimal("a") == nil)
    }

    @Test("a price keeps its digits, as a number and as a string")
    func decimals() throws {
        let value = try JSONValue(parsing: #"{"a":198.10,"b":"358","c":1e3,"d":-0.5}"#)
        #expect(["a", "b", "c", "d"].map { value.decimal($0)?.description } == ["198.1", "358", "1000", "-0.5"])
    }

    @Test("text that a terminal would obey is escaped when it is written anew")
    func controlCharacters() {
        #expect(JSONNode.string("a\u{1B}[31m\u{9B}b\u{7F}한").text == #""a\u001b[31m\u009bb\u007f한""#)
    }

    @Test("booleans are read from what servers send for them")
    func lenientBooleans() throws {
        let value = try JSONValue(parsing: #"{"a":true,"b":"1","c":0,"d":"N","e":"maybe","f":[]}"#)
        #expect(["a", "b", "c", "d", "e", "f"].map(value.boolean) == [true, true, false, false, nil, nil])
    }

    @Test("an empty array where an object is documented is no object, and no failure")
    func emptyArrayForObject() throws {
        let value = try JSONValue(parsing: #"{"organization":[],"names":"one","list":["a",1,null]}"#)
        #expect(value.object("organization") == nil)
        #expect(value.strings("names") == ["one"])
        #expect(value.strings("list") == ["a", "1"])
    }

    @Test("a built value is written as it was given, what was sent embedded unchanged")
    func building() throws {
        let sent = try JSONValue(parsing: #"{"id":18446744073709551616}"#)
        let node: JSONNode = ["a": 1, "b": ["x", .null, true], "c": .raw(sent), "d": .string("\"\\\n\u{01}é")]
        #expect(node.text == #"{"a":1,"b":["x",null,true],"c":{"id":18446744073709551616},"d":"\"\\\n\u0001é"}"#)
        #expect(try JSONValue(parsing: node.text).string("d") == "\"\\\n\u{01}é")
        #expect(JSONValue(node)["c"] == sent)
    }
}
