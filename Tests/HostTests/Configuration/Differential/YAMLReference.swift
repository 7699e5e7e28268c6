import Foundation
import TestSupport

/// A second implementation of YAML 1.2: ruamel.yaml in pure Python, which `make test` installs.
enum YAMLReference {
    /// What it makes of a document.
    struct Answer: Decodable {
        /// The tree; `nil` where there is no document, or a refusal.
        var tree: Tree?
        /// Why it doesn't take the document.
        var refusal: String?
    }

    /// A tree as it reads it.
    indirect enum Tree: Decodable {
        /// The type by the core schema (`int`), the text, and the value where it is a number or a boolean.
        case scalar(type: String, text: String, value: String)
        case sequence([Tree])
        case mapping([(key: Tree, value: Tree)])

        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            switch try container.decode(String.self) {
            case "scalar":
                self = .scalar(
                    type: try container.decode(String.self), text: try container.decode(String.self),
                    value: try container.decode(String.self))
            case "sequence": self = .sequence(try container.decode([Tree].self))
            default:
                self = .mapping(
                    try container.decode([[Tree]].self).compactMap { pair in
                        pair.count == 2 ? (key: pair[0], value: pair[1]) : nil
                    })
            }
        }
    }

    /// Whether it is there.
    static let isInstalled = Python.has("ruamel.yaml")

    /// Reads the documents, all in one process.
    static func read(_ documents: [String]) throws -> [Answer] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "reference.py")
        let input = String(decoding: try JSONEncoder().encode(documents), as: UTF8.self)
        let output = try Python.run(String(contentsOf: script, encoding: .utf8), input: input)
        return try JSONDecoder().decode([Answer].self, from: Data(output.utf8))
    }
}
