internal import CertProtocol

/// The name of an adapter, and what is called after it.
struct AdapterName: Sendable, Hashable {
    /// What `adapter:` names it: `example-ca`.
    let text: String
    private let words: [String]

    /// The longest name. A longer one would make lines of the adapter longer than they may be.
    static let longest = 20

    /// Words that are written in capitals.
    private static let initialisms: Set = [
        "acm", "acme", "api", "aws", "ca", "cmp", "est", "gcp", "hsm", "ibm", "kms", "pki", "scep", "ssl", "tls",
    ]

    /// A name that an adapter can have.
    ///
    /// - Parameters:
    ///   - text: the name.
    ///   - taken: the names of the adapters that there are.
    /// - Throws: `invalid_request` with what would do.
    init(_ text: String, taken: [String]) throws(CertificateError) {
        let words = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        let isKebab = words.allSatisfy { word in
            !word.isEmpty && word.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) }
        }
        guard isKebab, text.first.map({ !$0.isNumber }) ?? false else {
            throw CertificateError(
                .invalidRequest,
                "“\(text)” is no name for an adapter: it consists of words of lower-case letters and digits with hyphens "
                    + "between them, and starts with a letter, as example-ca does."
            )
        }
        guard text.count <= Self.longest else {
            throw CertificateError(
                .invalidRequest,
                "“\(text)” has \(text.count) characters; the name of an adapter has \(Self.longest) at most.")
        }
        guard !ReservedNames.ofYAML.contains(text) else {
            throw CertificateError(
                .invalidRequest,
                "“\(text)” is no text in YAML, so adapter: \(text) would name nothing. Choose another name."
            )
        }
        guard !taken.contains(text) else {
            throw CertificateError(.invalidRequest, "There is an adapter “\(text)” already. Choose another name.")
        }
        self.text = text
        self.words = words
        guard !ReservedNames.types.contains(type) else {
            throw CertificateError(
                .invalidRequest,
                "An adapter “\(text)” would have a type \(type), and there is one of that name already. Choose another "
                    + "name, such as the authority's with a word more: \(text)-ca."
            )
        }
        guard !ReservedNames.keywords.contains(member) else {
            throw CertificateError(
                .invalidRequest, "“\(text)” is a word of the Swift language. Choose another name, such as \(text)-ca.")
        }
    }

    /// What its types start with: `ExampleCA`.
    var type: String { words.map(Self.written).joined() }
    /// The factory's name: `exampleCA`.
    var member: String { words[0] + words.dropFirst().map(Self.written).joined() }
    /// The authority's name for people: `Example CA`.
    var title: String { words.map(Self.written).joined(separator: " ") }
    /// What the names of environment variables start with: `EXAMPLE_CA`.
    var variable: String { words.map { $0.uppercased() }.joined(separator: "_") }
    /// The module: `ExampleCAAdapter`.
    var module: String { type + "Adapter" }

    private static func written(_ word: String) -> String {
        initialisms.contains(word) ? word.uppercased() : word.prefix(1).uppercased() + word.dropFirst()
    }
}
