import AdapterHTTP
import BenchmarkSupport
import CertProtocol
import DigiCertAdapter
import Foundation
import HTTPTypes
import Host

/// What the host adds to a call: the same call through the host and on the adapter, over a transport that answers at once.
enum CallOverhead {
    private struct StubTransport: ClientTransport {
        let answer: TransportResponse

        func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse { answer }
    }

    private static let rounds = 40
    private static let callsPerRound = 500

    static func run(report: inout Report) async throws {
        report.title("A call through the host against the same call on the adapter, over a stub transport")
        let body = #"{"id":123456,"status":"issued","certificate":{"id":1,"common_name":"example.com"}}"#
        let factory = AdapterFactory.digiCert(
            transport: StubTransport(answer: TransportResponse(head: HTTPResponse(status: .ok), body: Array(body.utf8)))
        )
        let registry = try AdapterRegistry([factory])
        let file = FileManager.default.temporaryDirectory.appending(path: "certhost-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        let configuration = """
            version: 1
            providers:
              digicert:
                adapter: digicert
                limits: []
                settings: {api_key: "not-a-secret", base_url: "http://127.0.0.1:1/services/v2"}
            """
        try configuration.write(to: file, atomically: true, encoding: .utf8)
        let loaded = try await ConfigurationLoader(registry: registry).load(path: file.path).configuration
        let host = try CertificateHost(configuration: loaded, registry: registry)
        let adapter = try factory.make(loaded.providers[0].settings, AdapterContext(providerID: "digicert"))
        let reference = OrderReference.order("123456")

        var direct: [Double] = []
        var hosted: [Double] = []
        var differences: [Double] = []
        // In turns, so that whatever else the machine does meets both alike. The first round warms up. The two of a round are
        // compared with each other: how fast a task is resumed changes from second to second, by more than what is measured.
        for round in 0...rounds {
            let first = try await times {
                _ = try await adapter.orderDetail(OrderDetailRequest(reference), context: OperationContext())
            }
            let second = try await times { _ = try await host.order(reference, from: "digicert") }
            guard round > 0 else { continue }
            direct += first
            hosted += second
            differences.append(median(second) - median(first))
        }
        let (without, with) = (median(direct), median(hosted))
        report.figure("on the adapter, median", without, unit: " µs")
        report.figure("through the host, median", with, unit: " µs")
        report.figure("ratio", with / without, unit: "x")
        report.figure("overhead of the host, median of the rounds", median(differences), unit: " µs", atMost: 5)
    }

    /// Measured where a service's calls run: on the shared pool. On the main thread each change of executor would be counted
    /// as the host's.
    @concurrent private static func times(_ call: @Sendable () async throws -> Void) async throws -> [Double] {
        var times: [Double] = []
        times.reserveCapacity(callsPerRound)
        for _ in 0..<callsPerRound {
            let start = ContinuousClock.now
            try await call()
            times.append(start.duration(to: .now).inSeconds * 1_000_000)
        }
        return times
    }
}
