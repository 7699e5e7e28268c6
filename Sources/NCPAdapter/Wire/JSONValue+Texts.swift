internal import CertProtocol

extension JSONValue {
    /// A list of texts that the documentation calls a string and the wire sends as an array, or the other way round: an
    /// array's texts, or a text's parts between commas, semicolons and white space. Blank ones are dropped; `nil` where
    /// the member is absent or `null`.
    func separatedTexts(_ name: String) -> [String]? {
        guard let value = self[name], !value.isNull else { return nil }
        let texts = value.kind == .array ? value.elements.compactMap(\.lenientString) : [value.lenientString ?? ""]
        return texts.flatMap { text in
            text.split { $0 == "," || $0 == ";" || $0.isWhitespace }.map(String.init)
        }
    }

    /// The rows of the first of these members that is there; empty where none is, or where it is `null`. `nil` where
    /// something else than an array stands in its place.
    func rows(_ names: [String]) -> [JSONValue]? {
        guard let value = names.lazy.compactMap({ self[$0] }).first(where: { !$0.isNull }) else { return [] }
        return value.kind == .array ? Array(value.elements) : nil
    }
}

extension String? {
    /// The text; `nil` where nothing but white space stands in it.
    var unlessBlank: String? { flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 } }
}

extension JSONNode {
    /// An array of texts; `nil` where there are none, so that the member is left out.
    static func stringsIfAny(_ texts: [String]) -> JSONNode? { texts.isEmpty ? .none : .strings(texts) }
}
