internal import Foundation

/// Where a new package finds certhost.
struct CerthostDependency: Sendable, Hashable {
    /// The arguments of `.package` in the manifest.
    let arguments: String
    /// What products of it are asked for by: the package's identity.
    let identity: String

    /// A version from a repository. Its identity is the last part of its address.
    init(url: String, from version: String) {
        arguments = "url: \(Self.quoted(url)), from: \(Self.quoted(version))"
        let last = url.split { $0 == "/" || $0 == ":" }.last.map(String.init) ?? ""
        identity = last.hasSuffix(".git") ? String(last.dropLast(4)) : last
    }

    /// A folder. Its name is given, since a path has none that is the same in every clone.
    init(path: String) {
        arguments = "name: \"certhost\", path: \(Self.quoted(path))"
        identity = "certhost"
    }

    /// A checkout, by a path that holds wherever the checkout goes, if the package is within it.
    init(checkout: URL, for package: URL) {
        let root = checkout.standardizedFileURL.resolvingSymlinksInPath().pathComponents
        let place = package.standardizedFileURL.resolvingSymlinksInPath().pathComponents
        let isWithin = place.starts(with: root) && place.count > root.count
        self.init(
            path: isWithin
                ? Array(repeating: "..", count: place.count - root.count).joined(separator: "/")
                : root.joined(separator: "/").replacing("//", with: "/")
        )
    }

    /// The checkout that a folder is in, or that the running command was built in; `nil` where there is none.
    static func checkout(around folder: URL) -> URL? {
        let command = URL(filePath: Bundle.main.executablePath ?? CommandLine.arguments[0])
        return [folder, command].lazy.compactMap { start in
            parents(of: start.standardizedFileURL.resolvingSymlinksInPath()).first(where: isCheckout)
        }.first
    }

    /// Whether certhost's own package is in a folder.
    static func isCheckout(_ folder: URL) -> Bool {
        guard let manifest = try? String(contentsOf: folder.appending(path: "Package.swift"), encoding: .utf8) else {
            return false
        }
        // A package that depends on certhost has its name too, but not at the start of a line and not its sources.
        return manifest.contains("\n    name: \"certhost\",\n")
            && FileManager.default.fileExists(atPath: folder.appending(path: "Sources/CertProtocol").path)
    }

    private static func parents(of folder: URL) -> [URL] {
        (0..<folder.pathComponents.count).map { steps in
            (0..<steps).reduce(folder) { url, _ in url.deletingLastPathComponent() }
        }
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
