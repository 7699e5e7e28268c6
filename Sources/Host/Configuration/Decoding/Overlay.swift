/// Environments over a file's own values: maps merge, scalars and lists replace, null removes.
enum Overlay {
    /// The value with an overlay applied. Every node keeps the place where it was written.
    static func merge(_ base: YAMLNode?, _ overlay: YAMLNode) -> YAMLNode {
        guard let changes = overlay.mapping else { return overlay }
        var merged = base?.mapping ?? YAMLMapping()
        merged.isWhole = merged.isWhole && changes.isWhole
        var indices: [String: Int] = [:]
        for (index, entry) in merged.entries.enumerated() { indices[entry.key] = index }
        var removed: Set<String> = []
        for change in changes.entries {
            if change.value.isNull {
                removed.insert(change.key)
            } else if let index = indices[change.key] {
                let old = merged.entries[index]
                // Where maps merge, the entry stays where it was; where a value is replaced, its key moves with it.
                let keyMark = old.value.mapping != nil && change.value.mapping != nil ? old.keyMark : change.keyMark
                merged.entries[index] = YAMLMapping.Entry(
                    key: change.key, keyMark: keyMark, value: merge(old.value, change.value))
            } else {
                merged.entries.append(
                    YAMLMapping.Entry(key: change.key, keyMark: change.keyMark, value: merge(nil, change.value)))
            }
        }
        if !removed.isEmpty { merged.entries.removeAll { removed.contains($0.key) } }
        var node = overlay
        node.kind = .mapping(merged)
        if let base, base.mapping != nil { node.mark = base.mark }
        return node
    }
}
