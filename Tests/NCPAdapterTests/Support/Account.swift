import AdapterHTTP
import CertProtocol
import FoundationEssentials
import Testing

@testable import NCPAdapter

/// An account of a test, and the way to its provider. The keys are visibly fake.
struct Account {
    static let accessKey = "FAKE-ACCESS-KEY-0001"
    static let secretKey = "FAKE/Secret+Key=0001"

    var zone: String? = "public"
    var api: String?
    var baseURL: String?
    var privateAuthority: String?
    var retries = 0
    var clock: OperationClock = TestClock().operationClock

    func values() throws -> SettingsValues {
        var values: [String: SettingValue] = [
            "access_key": .secret(Secret(Self.accessKey)), "secret_key": .secret(Secret(Self.secretKey)),
        ]
        values["zone"] = zone.map(SettingValue.string)
        values["api"] = api.map(SettingValue.string)
        values["ca_tag"] = privateAuthority.map(SettingValue.string)
        values["base_url"] = try baseURL.map { .serviceURL(try ServiceURL($0, shape: .origin)) }
        return SettingsValues(values)
    }

    func provider(_ transport: any ClientTransport) throws -> any CertificateProvider {
        try AdapterFactory.ncp(transport: transport, clock: clock).make(
            values(), AdapterContext(providerID: "ncp", retries: retries)
        )
    }

    func api(_ transport: any ClientTransport) throws -> NCPAPI {
        try NCPAPI(
            settings: NCPSettings(values()), context: AdapterContext(providerID: "ncp", retries: retries),
            transport: transport, clock: clock
        )
    }
}

/// The text of a file in Fixtures.
func fixture(_ name: String) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appending(path: "Fixtures/\(name)"))
    return String(decoding: data, as: UTF8.self)
}

/// The error that `body` throws.
func certificateError<Result>(
    _ body: () async throws -> Result, sourceLocation: SourceLocation = #_sourceLocation
) async throws -> CertificateError {
    let error = await #expect(throws: CertificateError.self, sourceLocation: sourceLocation) { _ = try await body() }
    return try #require(error, sourceLocation: sourceLocation)
}

/// Reads every page of a list as the host does: part by part, each up to a page without rows.
func readAll(_ provider: any CertificateProvider) async throws -> [Certificate] {
    var seen: Set<UInt64> = []
    var all: [Certificate] = []
    var cursor: Cursor?
    repeat {
        let page = try await provider.listCertificates(
            ListCertificatesRequest(cursor: cursor), context: OperationContext()
        )
        for (item, key) in zip(page.items, page.keys) where seen.insert(key).inserted { all.append(item) }
        cursor = page.next ?? page.nextPart
    } while cursor != nil
    return all
}
