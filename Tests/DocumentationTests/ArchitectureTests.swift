import Foundation
import Testing

/// Rules that hold for the sources as a whole, read from the sources.
@Suite("Architecture")
struct ArchitectureTests {
    /// What each module may import besides the standard library's own modules. An adapter is written with what an outside
    /// author has; the host knows no adapter and no HTTP; sockets are known in one place.
    private static let allowed: [String: Set<String>] = [
        "CertProtocol": ["FoundationEssentials"],
        "AdapterHTTP": ["CertProtocol", "FoundationEssentials", "HTTPTypes", "Logging", "Metrics"],
        "HTTPTransport": [
            "AdapterHTTP", "CertProtocol", "FoundationEssentials", "HTTPTypes", "AsyncHTTPClient", "NIOCore",
            "NIOHTTP1",
            "NIOHTTPCompression", "NIOPosix", "NIOSSL",
        ],
        "DigiCertAdapter": ["AdapterHTTP", "CertProtocol", "FoundationEssentials", "HTTPTypes"],
        "NCPAdapter": ["AdapterHTTP", "CertProtocol", "Crypto", "FoundationEssentials", "HTTPTypes"],
        "CertConformance": ["CertProtocol", "FoundationEssentials"],
        "AdapterSystem": ["CertProtocol", "FoundationEssentials"],
        "ACMEAdapter": [
            "AdapterHTTP", "AdapterSystem", "CertProtocol", "Crypto", "CryptoExtras", "FoundationEssentials",
            "HTTPTypes",
        ],
        "LocalCAAdapter": [
            "AdapterSystem", "CertProtocol", "Crypto", "CryptoExtras", "FoundationEssentials", "SwiftASN1", "X509",
        ],
        "Host": ["CLibYAML", "CertProtocol", "Foundation", "FoundationEssentials", "Logging", "Metrics", "Tracing"],
        "SQLiteJournal": ["CertProtocol", "FoundationEssentials", "GRDB", "Host"],
        "IssuanceVerification": [
            "CertProtocol", "Crypto", "CryptoExtras", "FoundationEssentials", "Host", "SwiftASN1", "X509",
        ],
    ]

    @Test("a module imports only what it may", arguments: allowed.keys.sorted())
    func imports(_ module: String) throws {
        let platform: Set = ["Synchronization", "Glibc", "Darwin"]
        let permitted = try #require(Self.allowed[module]).union(platform)
        for file in try SourceFiles.all(of: module) {
            let imported = file.text.matches(of: /(?m)^(?:[a-z]+ )?import (?:[a-z]+ )?(\w+)/).map { String($0.1) }
            for name in imported { #expect(permitted.contains(name), "\(module)/\(file.path) imports \(name)") }
        }
    }

    @Test("a secret's text is taken out in few places, all of which sign, send, write, compare or redact")
    func exposedSecrets() throws {
        var places: [String: Int] = [:]
        for file in try SourceFiles.all() {
            let count = file.text.components(separatedBy: ".withExposedValue").count - 1
            if count > 0 { places[file.path] = count }
        }
        #expect(
            places == [
                "ACMEAdapter/ExternalAccount.swift": 1,
                "ACMEAdapter/Wire/JWSKey.swift": 1,
                "AdapterHTTP/Client/Redactor.swift": 3,
                "DigiCertAdapter/DigiCertAPI.swift": 1,
                "IssuanceVerification/PrivateKeyFile.swift": 1,
                "IssuanceVerification/SigningRequest.swift": 1,
                "certhost/AdapterTemplate/Files/AdapterTemplate+API.swift": 1,
                "NCPAdapter/NCPSignature.swift": 3,
                "NCPAdapter/Wire/ExternalRegistration.swift": 1,
            ]
        )
    }

    @Test("nothing on a path that data can reach ends the process")
    func traps() throws {
        for file in try SourceFiles.all() {
            for word in [
                "try!", "as!", "fatalError(", "preconditionFailure(", "@unchecked Sendable", "nonisolated(unsafe)",
            ] {
                #expect(!file.text.contains(word), "\(file.path) has \(word)")
            }
        }
    }
}
