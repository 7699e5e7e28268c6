import Foundation
import Testing

/// What keeps adapters small, and everything else free of them.
@Suite("Adapters and what is shared")
struct AdapterRulesTests {
    /// The code lines that an adapter may have besides what its certificate authority documents (`Wire`) and what translates
    /// it (`Mapping`). RFC 8555 has a state machine and signatures of its own.
    private static func limit(of adapter: String) -> Int { adapter == "ACMEAdapter" ? 900 : 600 }

    @Test("an adapter has few lines that decide something; what recurs in adapters is shared by them")
    func size() throws {
        let adapters = try SourceFiles.adapters()
        #expect(adapters.contains("DigiCertAdapter") && adapters.contains("NCPAdapter"))
        for adapter in adapters {
            let files = try SourceFiles.all(of: adapter).filter { file in
                !file.path.split(separator: "/").dropLast().contains { $0 == "Wire" || $0 == "Mapping" }
            }
            let lines = files.map { (path: $0.path, count: SourceFiles.codeLines(in: $0.text)) }
            let total = lines.reduce(0) { $0 + $1.count }
            let parts = lines.sorted { $0.count > $1.count }.map { "\($0.path) \($0.count)" }.joined(separator: ", ")
            #expect(total <= Self.limit(of: adapter), "\(adapter) has \(total) code lines: \(parts)")
            // Otherwise nothing was counted.
            #expect(total > 50, "\(adapter) has \(total) code lines")
        }
    }

    @Test("an adapter is built with what is public, as an outside author's is: the compiler shows it nothing else")
    func access() throws {
        let targets = try SourceFiles.manifest().split(separator: ".target(").dropFirst()
        for adapter in try SourceFiles.adapters() {
            let target = targets.first { $0.firstMatch(of: /^\s*name: "(\w+)"/).map { $0.1 == adapter } ?? false }
            #expect(target?.contains("packageAccess: false") == true, "\(adapter) needs packageAccess: false")
        }
    }

    @Test("a code line is one that holds something else than space and comments")
    func counter() {
        let text = """
            // A comment.
            import Testing

            /// Documentation.
            struct Point {  // What follows code is code.
                /* A comment of
                   several lines. */
                var x = 1  /* and one beside code */
                /* before code */ var y = 2
            \t
            }
            """
        #expect(SourceFiles.codeLines(in: text) == 5)
    }

    /// Words that adapters are known by, besides the names of their modules.
    private static let names = ["digicert", "certcentral", "ncp", "naver", "ncloud", "ntruss", "acme", "local[-_ ]?ca"]

    @Test(
        "what every adapter shares names none of them, in comments neither",
        arguments: [
            "AdapterHTTP", "CertProtocol", "HTTPTransport", "Host", "IssuanceVerification", "SQLiteJournal",
        ]
    )
    func independence(_ module: String) throws {
        let adapters = try SourceFiles.adapters().map { $0.replacing("Adapter", with: "") }
        let pattern = "\\b(?:\((Self.names + adapters).joined(separator: "|")))(?-i:(?![a-z]))"
        let regex = try Regex(pattern).ignoresCase().wordBoundaryKind(.simple)
        // The rule would hold of everything, if the pattern were wrong.
        #expect("AdapterRegistry([.digiCert(transport: transport)])".firstMatch(of: regex) != nil)
        #expect("let limit = NCPListPosition.size".firstMatch(of: regex) != nil)
        #expect("the local cache of an encapsulation".firstMatch(of: regex) == nil)
        for file in try SourceFiles.all(of: module) {
            for line in file.text.split(whereSeparator: \.isNewline) {
                let name = line.firstMatch(of: regex).map { String(line[$0.range]) }
                #expect(name == nil, "\(module)/\(file.path): \(line)")
            }
        }
    }
}
