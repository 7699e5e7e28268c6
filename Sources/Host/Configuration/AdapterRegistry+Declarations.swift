internal import CertProtocol

extension AdapterFactory {
    /// The first mistake in what the adapter declares of itself, as the rest of a sentence that starts with the adapter.
    var mistake: String? {
        name.wholeMatch(of: /[a-z0-9][a-z0-9_-]*/) == nil
            ? "has a name that is more than lower-case letters, digits and hyphens"
            : settings.mistake.map { "declares \($0)" }
    }
}

extension SettingsDeclaration {
    /// The first mistake in the declaration itself: the adapter's author finds it at the first start, and not a user with the
    /// first odd value.
    fileprivate var mistake: String? {
        var names: Set<String> = []
        for setting in settings {
            let name = "the setting “\(setting.name)”"
            if setting.name.wholeMatch(of: /[a-z][a-z0-9_]*/) == nil { return "\(name), which is no snake_case" }
            if !names.insert(setting.name).inserted { return "\(name) twice" }
            if let mistake = setting.kind.mistake { return "\(name) with \(mistake)" }
            guard let text = setting.defaultText else { continue }
            if setting.isRequired { return "\(name) as required, with a default" }
            if (try? ScalarReader.value(ofText: text, kind: setting.kind)) == nil {
                return "\(name) with a default that it doesn't take"
            }
        }
        return nil
    }
}

extension Setting.Kind {
    fileprivate var mistake: String? {
        switch self {
        case .choice(let choices): choices.isEmpty ? "no choice" : nil
        case .pattern(let pattern): pattern.matches(pattern.example) ? nil : "an example that doesn't match its pattern"
        default: nil
        }
    }
}
