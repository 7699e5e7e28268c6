import CertProtocol
import Testing

@testable import Host

@Suite("The one door")
struct DispatchTests {
    @Test("what isn't declared is refused without a call, naming who has it")
    func undeclared() async throws {
        let lacking = MemoryProvider("ncp")
        let capable = MemoryProvider("digicert", operations: [.listDuplicates])
        let disabled = MemoryProvider("old", operations: [.listDuplicates])
        let host = try CertificateHost([lacking, capable, disabled], disabled: ["old"])
        do {
            _ = try await host.duplicates(of: "900001", at: "ncp")
            Issue.record("It was not refused.")
        } catch {
            #expect(error.code == .unsupported)
            #expect(error.provider == "ncp")
            #expect(error.operation == .listDuplicates)
            #expect(error.capability == .listDuplicates)
            #expect(error.capableProviders == ["digicert"])
            #expect(error.message.contains("list-duplicates"))
        }
        #expect(lacking.received.isEmpty)
    }

    @Test("a lookup that a provider doesn't offer is refused without a call")
    func lookup() async throws {
        let provider = MemoryProvider("p", operations: [.orderDetail], lookups: [.order])
        let host = try CertificateHost([provider])
        await #expect(throws: CertificateError(.unsupported, "")) { try await host.order(.serial("0F"), from: "p") }
        #expect(provider.received.isEmpty)
    }

    @Test("an error carries provider and operation, and the call had a deadline")
    func filled() async throws {
        let provider = MemoryProvider("p", operations: [.orderDetail], lookups: [.order])
        let host = try CertificateHost([provider])
        do {
            _ = try await host.order(.order("7"), from: "p")
            Issue.record("It did not fail.")
        } catch {
            #expect(error.code == .notFound)
            #expect(error.provider == "p")
            #expect(error.operation == .orderDetail)
        }
    }

    @Test("a provider that isn't there, or is disabled, is wrong usage")
    func unknownProvider() async throws {
        let host = try CertificateHost([MemoryProvider("a"), MemoryProvider("b")], disabled: ["b"])
        for id in ["b", "c"] {
            #expect(throws: CertificateError(.invalidRequest, "")) { try host.listCertificates(providers: [id]) }
        }
    }

    @Test("two adapters of one name are refused")
    func twoAdapters() {
        let factory = MemoryProvider("a").factory
        #expect(throws: CertificateError(.invalidConfiguration, "")) { try AdapterRegistry([factory, factory]) }
    }

    @Test("changes over more than seven days are refused without a call")
    func changesWindow() throws {
        let host = try CertificateHost([MemoryProvider("a", operations: [.listChanges])])
        #expect(throws: CertificateError(.invalidRequest, "")) { try host.listChanges(since: .seconds(604_801)) }
        #expect(throws: Never.self) { try host.listChanges(since: .seconds(604_800)) }
    }
}
