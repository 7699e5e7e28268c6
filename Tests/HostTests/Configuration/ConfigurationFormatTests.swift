import CertProtocol
import Testing

@testable import Host

/// The declaration of the format beside the decoder.
struct ConfigurationFormatTests {
    /// A configuration with nothing but a key in it, and where the key stands.
    private struct Place {
        var path: String
        var document: JSONNode
    }

    /// Every key that is declared, with a value that can't be meant anywhere.
    private static func places(
        of keys: [FormatKey], below path: String = "", within wrap: (JSONNode) -> JSONNode = { $0 }
    ) -> [Place] {
        keys.flatMap { key in
            let path = path.isEmpty ? key.name : "\(path).\(key.name)"
            var members: [(String, JSONNode)] = [(key.name, .array([.array([])]))]
            // Settings are read by whoever they are meant for.
            if case .settings = key.content { members.append(("adapter", "acme")) }
            let place = Place(path: path, document: wrap(.object(members)))
            let (step, inner): (String, (JSONNode) -> JSONNode) =
                switch key.content {
                case .named: (".a", { ["a": $0] })
                case .list: ("[0]", { [$0] })
                default: ("", { $0 })
                }
            return [place]
                + places(of: key.keys, below: path + step) { wrap(.object([(key.name, inner($0))])) }
        }
    }

    @Test("every key that is declared is read: what can't be meant is told where it stands")
    func everyKey() async throws {
        let places = Self.places(of: ConfigurationFormat.file)
        #expect(places.count > 50)
        for place in places {
            let findings = try await ConfigurationFixture(place.document.text).findings()
            let found = findings.filter { $0.path?.hasPrefix(place.path) == true && $0.code != "unknown-key" }
            #expect(!found.isEmpty, "\(place.path)")
        }
    }

    @Test(
        "an id is what its pattern says",
        arguments: ["a", "a-1", "0", "-a", "", "A", "a_b", "ä", "a-", "a b", "a\n", "é1", "a.b"])
    func identifiers(_ text: String) {
        #expect(ConfigurationDecoder.isID(text) == ConfigurationFormat.providerID.matches(text))
    }

    @Test("a rate window is what its pattern in the schema says", arguments: ["100/5s", "1/1m", "+2/3h"])
    func windows(_ text: String) throws {
        guard case .list(of: .text(let pattern?), _) = ConfigurationFormat.limits.content else {
            Issue.record("limits are no list of texts")
            return
        }
        #expect(RateWindow(text: text) != nil && pattern.matches(text))
        for wrong in [text + "x", text + "/1s", "0/1s", "1/0s", "/1s", "1/", "-1/1s", "1 /1s"] {
            #expect(RateWindow(text: wrong) == nil && !pattern.matches(wrong), "\(wrong)")
        }
    }
}
