internal import FoundationEssentials

/// The files that environments have of their own: `NAME.ENV.yaml` beside `NAME.yaml` holds what would stand under
/// `environments: ENV:`, declares ENV, and is applied after what the main file says about it.
struct EnvironmentFiles: Sendable {
    private let folder: String
    private let prefix: String
    private let suffix: String

    /// The files beside a configuration; `nil` where its name doesn't end as that of a YAML file, as a pipe's doesn't.
    init?(ofFile path: String) {
        guard let (folder, stem, suffix) = Self.parts(of: path) else { return nil }
        self.folder = folder
        self.prefix = stem + "."
        self.suffix = suffix
    }

    /// Where the file of an environment is, or would be; `nil` for a name that no file can have.
    func path(of environment: String) -> String? {
        guard !environment.isEmpty, !environment.contains("/"), !environment.contains("\0") else { return nil }
        return folder + prefix + environment + suffix
    }

    /// Whether an environment has a file.
    func hasFile(of environment: String) -> Bool {
        path(of: environment).map { FileManager.default.fileExists(atPath: $0) } ?? false
    }

    /// The environments that have a file, by name.
    var environments: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        return names.sorted().compactMap { name in
            guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
            let environment = name.dropFirst(prefix.count).dropLast(suffix.count)
            return environment.isEmpty ? nil : String(environment)
        }
    }

    /// The configuration that a file belongs to by its name, where there is one, and the environment.
    static func owner(of path: String) -> (file: String, environment: String)? {
        guard let (folder, stem, suffix) = parts(of: path) else { return nil }
        var base = stem[...]
        while let dot = base.lastIndex(of: ".") {
            base = base[..<dot]
            let file = folder + base + suffix
            if !base.isEmpty, FileManager.default.fileExists(atPath: file) {
                return (file, String(stem[stem.index(after: dot)...]))
            }
        }
        return nil
    }

    /// The folder with its slash, the name without its ending, and the ending.
    private static func parts(of path: String) -> (folder: String, stem: String, suffix: String)? {
        let start = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
        let name = path[start...]
        for suffix in [".yaml", ".yml"] where name.hasSuffix(suffix) && name.count > suffix.count {
            return (String(path[..<start]), String(name.dropLast(suffix.count)), suffix)
        }
        return nil
    }
}
