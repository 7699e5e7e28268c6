import CertProtocol
import Foundation
import LocalCAAdapter
import TestSupport

/// A local authority in a folder of its own.
struct LocalFolder {
    /// The folder of the authority, which isn't there before the first order.
    let path: String
    let openSSL: OpenSSL
    private let outer: URL

    static func with(_ body: (LocalFolder) async throws -> Void) async throws {
        let folder = try LocalFolder()
        defer {
            folder.openSSL.remove()
            try? FileManager.default.removeItem(at: folder.outer)
        }
        try await body(folder)
    }

    private init() throws {
        outer = FileManager.default.temporaryDirectory.appending(path: "certhost-local-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: outer, withIntermediateDirectories: true)
        path = outer.appending(path: "state/local-ca").path
        openSSL = try OpenSSL()
    }

    /// The folder that the authority's folder is made in.
    var outerPath: String { outer.path }

    func provider(
        _ settings: [String: SettingValue] = [:], clock: OperationClock = .system
    ) throws -> any CertificateProvider {
        let values = SettingsValues(["directory": .string(path)].merging(settings) { $1 })
        return try AdapterFactory.localCA(clock: clock).make(values, AdapterContext(providerID: "local"))
    }

    /// What asks for a certificate of a name.
    func contents(
        _ name: String = "app.test", _ others: [String] = [], key: [String] = Self.elliptic,
        validity: ValidityPeriod? = nil
    ) throws -> CertificateContents {
        CertificateContents(
            signingRequest: try openSSL.signingRequest("ignored.invalid", key: key).request, commonName: name,
            dnsNames: others, validity: validity)
    }

    static let elliptic = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]

    func order(
        _ name: String = "app.test", _ others: [String] = [], product: String = "server", key: [String] = Self.elliptic,
        validity: ValidityPeriod? = nil
    ) throws -> IssueRequest {
        IssueRequest(product: product, contents: try contents(name, others, key: key, validity: validity))
    }

    func file(_ name: String) -> String { path + "/" + name }

    func text(_ name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }

    func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file(name))[.posixPermissions] as? Int
    }

    func protect(_ name: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file(name))
    }

    /// The names of the files in the folder, those in `orders` too.
    func files() throws -> [String] { try FileManager.default.subpathsOfDirectory(atPath: path).sorted() }

    /// What `openssl x509` says about a certificate.
    func describe(_ certificate: String, _ arguments: String...) throws -> String {
        try openSSL.run(["x509", "-in", openSSL.file(certificate), "-noout"] + arguments)
    }

    /// Whether a certificate is good by the authority's own revocation list, as `openssl verify` says.
    func isGood(_ chain: [String], checking option: String = "-crl_check") throws -> Bool {
        do {
            try openSSL.run([
                "verify", "-x509_strict", "-CAfile", file("root.pem"), "-untrusted",
                openSSL.file(chain.dropFirst().joined()), "-CRLfile", file("crl.pem"), option,
                openSSL.file(chain.first ?? ""),
            ])
            return true
        } catch let failure as OpenSSL.Failure where failure.description.contains("certificate revoked") {
            return false
        }
    }
}

/// The error that a call ends with; `nil` where it doesn't.
func failure(
    _ body: () async throws(CertificateError) -> some Any
) async -> CertificateError? {
    do throws(CertificateError) {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}
