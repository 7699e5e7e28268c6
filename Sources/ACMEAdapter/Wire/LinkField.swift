internal import HTTPTypes

/// The field `Link` (RFC 8288): `<https://…>;rel="alternate"`, several in one field or in several.
enum LinkField {
    /// The targets of that relation, in their order.
    static func targets(of headers: HTTPFields, relation: String) -> [String] {
        guard let name = HTTPField.Name("Link") else { return [] }
        return headers[values: name].flatMap { field in
            var targets: [String] = []
            var rest = field[...]
            while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
                let target = rest[rest.index(after: start)..<end]
                rest = rest[rest.index(after: end)...]
                let parameters = rest.prefix { $0 != "<" }
                rest = rest[parameters.endIndex...]
                let isMeant = parameters.split { $0 == ";" || $0 == "," }.contains { parameter in
                    let parts = parameter.split(separator: "=", maxSplits: 1).map {
                        $0.filter { !" \t\"".contains($0) }
                    }
                    return parts.count == 2 && parts[0].lowercased() == "rel" && parts[1].lowercased() == relation
                }
                if isMeant { targets.append(String(target)) }
            }
            return targets
        }
    }
}
