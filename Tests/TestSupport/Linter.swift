import CertProtocol
import Foundation

/// pkilint as a judge of certificates and revocation lists that isn't ours, as its commands run it.
package enum Linter: String, Sendable {
    /// A certificate, by RFC 5280.
    case certificate = "lint_pkix_cert"
    /// A server's certificate, by the Baseline Requirements of the CA/Browser Forum.
    case serverCertificate = "lint_cabf_serverauth_cert"
    /// A revocation list.
    case revocationList = "lint_crl"

    /// Whether it is there.
    package static let isAvailable = Python.has("pkilint")

    /// Runs the command over each text, all of them in one process, since starting it takes longer than its work.
    private static let script = """
        import contextlib, importlib, io, json, os, sys, tempfile
        given = json.load(open(sys.argv[-1]))
        main = importlib.import_module("pkilint.bin." + given["command"]).main
        answers = []
        for text in given["texts"]:
            with tempfile.NamedTemporaryFile("w", delete=False) as file: file.write(text)
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                main(["lint", "-s", "WARNING", "-f", "JSON"] + given["options"] + [file.name])
            os.unlink(file.name)
            results = json.loads(printed.getvalue())["results"]
            answers.append([found["code"] for result in results for found in result["finding_descriptions"]])
        print(json.dumps(answers))
        """

    /// What it finds in each text.
    ///
    /// - Parameters:
    ///   - texts: what is looked at, PEM.
    ///   - options: more of the command's options.
    /// - Returns: the codes of the findings, warnings and worse, for each text.
    /// - Throws: where it can't be run.
    package func findings(in texts: [String], _ options: [String] = []) async throws -> [Set<String>] {
        let input: JSONNode = [
            "command": .string(rawValue), "texts": .strings(texts), "options": .strings(options),
        ]
        // On a thread of its own: a blocked one of the pool would starve the others.
        let answer = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try Python.run(Self.script, input: input.text) })
            }
        }
        return try JSONValue(parsing: answer).elements.map { Set($0.elements.compactMap(\.stringValue)) }
    }

    /// What it finds in one text.
    package func findings(in text: String, _ options: [String] = []) async throws -> Set<String> {
        try await findings(in: [text], options).first ?? []
    }
}
