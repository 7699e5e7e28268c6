extension ConfigurationReading {
    /// Reads the file of the chosen environment, where it has one, and on request those of the others.
    ///
    /// - Parameters:
    ///   - chosen: the chosen environment.
    ///   - others: whether the files of other environments are read too. What is wrong with the file itself, rather than in
    ///     it, is a warning there: it may well be meant for another machine.
    ///   - read: reads a file.
    /// - Returns: the files that were read, for excerpts.
    mutating func readFiles(
        chosen: String?, others: Bool,
        read: (String, FindingCollector) throws(FileProblem) -> YAMLDocument?
    ) -> [YAMLDocument] {
        guard let files else { return [] }
        let names = [chosen].compactMap(\.self) + (others ? files.environments.filter { $0 != chosen } : [])
        var documents: [YAMLDocument] = []
        for name in names {
            guard let path = files.path(of: name) else { continue }
            let isChosen = name == chosen
            let found = FindingCollector()
            do throws(FileProblem) {
                let document = try read(path, found)
                // Beside a configuration may stand others, whose names only look as if they belonged to it.
                if !isChosen, document?.root?.mapping?["version"] != nil { continue }
                findings.append(found)
                guard let document else { continue }
                documents.append(document)
                if let root = document.root, !root.isNull { overlays.append((name, root)) }
            } catch {
                guard !error.isMissing else { continue }
                findings.append(found)
                findings.add(.unusableEnvironmentFile(path, error, isChosen: isChosen), file: path)
            }
        }
        return documents
    }
}
