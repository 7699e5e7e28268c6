import CertProtocol
import Foundation

/// Configurations with something changed, removed or added at random places; the same ones for the same seed.
struct ConfigurationGenerator {
    private var random: SeededGenerator

    init(seed: Int) { random = SeededGenerator(seed: seed) }

    private static let base: JSONNode = [
        "version": 1, "environment": .null, "defaults": ["timeout": "30s", "retries": 3],
        "providers": [
            "a": [
                "adapter": "acme", "enabled": true, "limits": ["100/5s"],
                "settings": ["api_key": "${env:KEY}", "region": "us", "page_size": 7],
            ],
            "b": ["adapter": "other", "concurrency": 2, "settings": ["secret_key": "${env:KEY}"]],
        ],
        "routes": [["when": ["domains": ["*.kr"], "validation": ["ov"]], "use": ["a", ["provider": "b"]]]],
        "environments": [
            "one": ["sandbox": "embedded", "providers": ["a": ["settings": ["region": "eu"]]]],
            "two": ["defaults": ["timeout": "5s"], "providers": ["b": .null], "routes": []],
        ],
    ]

    private static let values: [JSONNode] = [
        .null, true, false, 0, 1, 3, 1000, .decimal(1.5), "", "x", "a", "b", "acme", "other", "us", "eu", "embedded",
        "30s",
        "0s", "5m", "30", "100/5s", "+1/1s", "*.kr", "*", "ov", "${env:KEY}", "${env:N}", "${env:TIME}", "${env:N}s",
        "${env:NONE:-30s}", "${env:NONE:-eu}", "1${env:N}", "$${x}", "${KEY}", "https://ca.example/v1",
        "HTTPS://CA.EXAMPLE", "http://127.0.0.1:1", "http://[::1]/", "http://proxy:3128", "https://u@ca.example", [],
        ["a"], ["100/5s"], [.null], [["use": ["a"]]], [:], ["a": [:]], ["region": "us"], ["provider": "a"],
    ]

    private static let keys = [
        "version", "environment", "ca_file", "proxy", "sandbox", "defaults", "journal", "providers", "routes",
        "adapter",
        "enabled", "timeout", "retries", "concurrency", "limits", "settings", "when", "use", "domains", "validation",
        "product", "provider", "path", "api_key", "region", "base_url", "account_id", "page_size", "poll", "archived",
        "secret_key", "a", "b", "one", "two", "unheard_of",
    ]

    /// The next configuration.
    mutating func next() -> JSONNode {
        var node = Self.base
        for _ in 0..<random.number(1...2) { node = changed(node) }
        return node
    }

    /// The value with one change somewhere in it.
    private mutating func changed(_ node: JSONNode) -> JSONNode {
        let goesOn = !random.happens(16)
        switch node {
        case .object(var members) where goesOn && !members.isEmpty:
            let index = random.number(0...(members.count - 1))
            switch random.number(0...11) {
            case 0: members.remove(at: index)
            case 1:
                let key = random.pick(Self.keys)
                // A key that stands there twice is another matter.
                if !members.contains(where: { $0.0 == key }) { members.append((key, value())) }
            default: members[index].1 = changed(members[index].1)
            }
            return .object(members)
        case .array(var elements) where goesOn && !elements.isEmpty:
            let index = random.number(0...(elements.count - 1))
            elements[index] = changed(elements[index])
            return .array(elements)
        default: return value()
        }
    }

    private mutating func value() -> JSONNode { random.pick(Self.values) }
}
