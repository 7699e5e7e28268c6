import Foundation

/// A second implementation of YAML 1.2: ruamel.yaml in pure Python, which `make test` installs into `.build/python`.
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

    /// Why it couldn't be asked.
    struct Failure: Error { var status: Int32 }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    private static let python = folder.appending(path: "../../../../.build/python/bin/python").standardizedFileURL

    /// Whether it is there.
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: python.path) }

    /// Reads the documents, all in one process.
    static func read(_ documents: [String]) throws -> [Answer] {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "certhost-yaml-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let (questions, answers) = (scratch.appending(path: "documents"), scratch.appending(path: "answers"))
        try JSONEncoder().encode(documents).write(to: questions)
        let process = Process()
        process.executableURL = python
        process.arguments = [folder.appending(path: "reference.py").path, questions.path, answers.path]
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        return try JSONDecoder().decode([Answer].self, from: Data(contentsOf: answers))
    }
}
