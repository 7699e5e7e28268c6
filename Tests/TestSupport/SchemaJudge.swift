public import CertProtocol

/// Python's `jsonschema` over `ruamel.yaml`: implementations of JSON Schema and of YAML 1.2 that aren't ours, as an editor
/// has others too.
public enum SchemaJudge {
    /// Whether they are there.
    public static let isAvailable = Python.has("jsonschema, ruamel.yaml")

    /// What is wrong with each document by a schema; nothing where it is valid. The schema itself is checked too.
    public static func errors(in documents: [String], by schema: JSONNode) throws -> [[String]] {
        let script = """
            import json, sys, jsonschema
            from ruamel.yaml import YAML
            given = json.load(open(sys.argv[-1]))
            jsonschema.Draft7Validator.check_schema(given["schema"])
            validator = jsonschema.Draft7Validator(given["schema"])
            print(json.dumps([[e.json_path + ": " + e.message[:200]
                               for e in validator.iter_errors(YAML(typ="safe", pure=True).load(document))]
                              for document in given["documents"]]))
            """
        let input: JSONNode = ["schema": schema, "documents": .strings(documents)]
        let answer = try JSONValue(parsing: Python.run(script, input: input.text))
        return answer.elements.map { $0.elements.compactMap(\.stringValue) }
    }
}
