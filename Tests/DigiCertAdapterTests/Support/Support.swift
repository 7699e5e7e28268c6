import AdapterHTTP
import CertProtocol
import DigiCertAdapter
import Foundation

/// Visibly fake, and unlike anything else in the tests.
let canaryKey = "FAKE-CANARY-0123456789-DO-NOT-PRINT"

/// A provider over a transport; no further attempts, so that each test sees one.
func makeProvider(
    _ transport: some ClientTransport, settings: [String: SettingValue] = [:], id: String = "digicert-test"
) throws -> any CertificateProvider {
    var values: [String: SettingValue] = [
        "api_key": .secret(Secret(canaryKey)),
        "base_url": .serviceURL(try ServiceURL("http://127.0.0.1:8080/services/v2")),
    ]
    values.merge(settings) { $1 }
    return try AdapterFactory.digiCert(transport: transport).make(
        SettingsValues(values), AdapterContext(providerID: id, retries: 0)
    )
}

/// The text of a file in `Fixtures`.
func fixture(_ name: String) throws -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: folder.appending(path: "Fixtures/\(name).json"), encoding: .utf8)
}

func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: text) }

func instant(_ text: String) throws -> CertificateDate {
    .instant(try Date.ISO8601FormatStyle().parse(text))
}

func day(_ year: Int, _ month: Int, _ day: Int) -> CertificateDate? {
    CalendarDay(year: year, month: month, day: day).map { .day($0) }
}

/// The body of a list of orders with these ids.
func orders(_ ids: some Sequence<Int>, total: Int?, limit: Int?, offset: Int = 0) -> String {
    let rows = ids.map { "{\"id\":\($0),\"status\":\"issued\"}" }.joined(separator: ",")
    let page = [total.map { "\"total\":\($0)" }, limit.map { "\"limit\":\($0)" }, "\"offset\":\(offset)"]
    return "{\"orders\":[\(rows)],\"page\":{\(page.compactMap(\.self).joined(separator: ","))}}"
}

let context = OperationContext()

/// The error that a call fails with; `nil` where it succeeds.
func failure(_ body: () async throws(CertificateError) -> Void) async -> CertificateError? {
    do {
        try await body()
        return nil
    } catch {
        return error
    }
}
