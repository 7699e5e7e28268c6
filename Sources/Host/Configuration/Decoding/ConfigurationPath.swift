/// Where a value stands in a configuration: `providers.example-ca.limits[0]`.
struct ConfigurationPath: Sendable, Hashable, CustomStringConvertible {
    /// One step.
    enum Component: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    /// The steps from the root.
    var components: [Component] = []

    /// The path of an entry.
    func appending(_ key: String) -> ConfigurationPath {
        ConfigurationPath(components: components + [.key(key)])
    }

    /// The path of an element.
    func appending(_ index: Int) -> ConfigurationPath {
        ConfigurationPath(components: components + [.index(index)])
    }

    var description: String {
        var text = ""
        for component in components {
            switch component {
            case .key(let key): text += (text.isEmpty ? "" : ".") + ConfigurationProblem.shown(key)
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }
}
