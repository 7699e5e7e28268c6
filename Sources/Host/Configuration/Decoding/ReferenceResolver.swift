/// Looks up what references name.
struct ReferenceResolver: Sendable {
    /// The process's environment variables.
    let variables: [String: String]
    /// Where relative paths start.
    let folder: ConfigurationFolder

    /// The text with every reference replaced, once: what comes in is not looked at again.
    func text(of template: ReferenceTemplate) throws(ConfigurationProblem) -> String {
        var text = ""
        for part in template.parts {
            switch part {
            case .literal(let literal): text += literal
            case .variable(let name, let fallback): text += try variable(name, fallback: fallback)
            case .file(let path): text += try file(path)
            }
        }
        return text
    }

    /// As in a shell, `:-` holds for a variable that is empty too.
    private func variable(_ name: String, fallback: String?) throws(ConfigurationProblem) -> String {
        if let fallback { return variables[name].flatMap { $0.isEmpty ? nil : $0 } ?? fallback }
        guard let value = variables[name] else { throw .unsetVariable(name) }
        return value
    }

    private func file(_ path: String) throws(ConfigurationProblem) -> String {
        do throws(FileProblem) {
            let data = try ConfigurationFolder.contents(of: folder.absolute(path))
            guard var text = String(validating: data, as: UTF8.self) else {
                throw FileProblem("is not a text in UTF-8")
            }
            if text.utf8.last == UInt8(ascii: "\n") {
                // A carriage return and a line feed are one character, so this takes either form of line end.
                text.removeLast()
            }
            return text
        } catch {
            throw .unreadableReference(path, error)
        }
    }
}
