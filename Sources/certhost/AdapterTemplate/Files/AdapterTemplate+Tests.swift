/// Its own tests.
extension AdapterTemplate {
    static let mappingTests = AdapterTemplate(
        "Tests/ExampleCAAdapterTests/MappingTests.swift",
        ##"""
        import CertProtocol
        import Testing

        @testable import ExampleCAAdapter

        @Suite("What the API sends")
        struct MappingTests {
            private func certificates(_ name: String) throws -> [Certificate] {
                let list = try #require(ExampleCA.CertificateList(try fixture(name)))
                return list.certificates.compactMap { row in
                    ExampleCA.Certificate(row).map { Certificate($0, raw: row, provider: "example") }
                }
            }

            @Test("every documented field of a certificate arrives in its record")
            func certificate() throws {
                let certificate = try #require(try certificates("certificates").first)
                #expect(certificate.certificateID == "1001")
                #expect(certificate.orderID == "501")
                #expect(certificate.commonName == "www.example.com")
                #expect(certificate.dnsNames == ["www.example.com", "example.com"])
                #expect(certificate.status == .issued)
                #expect(certificate.providerStatus == "valid")
                #expect(certificate.serialNumber == "0A1B2C3D4E5F")
                #expect(certificate.notBefore?.text == "2026-01-10T08:00:00Z")
                #expect(certificate.notAfter?.text == "2026-07-28T08:00:00Z")
            }

            @Test("every documented field of an order arrives in its record")
            func order() throws {
                let raw = try fixture("order")
                let order = Order(try #require(ExampleCA.Order(raw)), raw: raw, provider: "example")
                #expect(order.orderID == "501")
                #expect(order.status == .issued)
                #expect(order.product == "server-ov")
                #expect(order.createdAt?.text == "2026-01-09T15:30:00Z")
                #expect(order.certificates.map(\.certificateID) == ["1001"])
                #expect(order.problems.isEmpty)
            }

            @Test("every documented state has a status", arguments: ["requested", "valid", "revoked", "expired"])
            func states(_ word: String) {
                #expect(CertificateStatus.known.contains(CertificateStatus(exampleCA: word)))
            }

            @Test("what nobody documented is kept: states, dates, fields, numbers in quotation marks")
            func odd() throws {
                let odd = try certificates("certificates-odd")
                #expect(odd.map(\.certificateID) == ["1003", "1004"])
                #expect(odd[0].status == .unknown("frozen"))
                #expect(odd[0].dnsNames == ["one.example.com"])
                #expect(odd[0].notAfter?.text == "2026-07-28")
                #expect(odd[1].notAfter == nil)
                #expect(odd[1].raw.string("valid_to") == "soon")
                #expect(odd[1].raw.string("colour") == "blue")
            }
        }
        """##
    )

    static let providerTests = AdapterTemplate(
        "Tests/ExampleCAAdapterTests/ProviderTests.swift",
        ##"""
        import CertProtocol
        import Testing

        @testable import ExampleCAAdapter

        @Suite("The provider against the stub")
        struct ProviderTests {
            @Test("a list is read page by page, each from the last id of the one before")
            func pages() async throws {
                try await Account.with { account in
                    var ids: [String] = []
                    var cursor: Cursor?
                    repeat {
                        let request = ListCertificatesRequest(cursor: cursor)
                        let page = try await account.provider.listCertificates(request, context: OperationContext())
                        ids += page.items.compactMap(\.certificateID)
                        cursor = page.next
                    } while cursor != nil
                    #expect(ids == (1001...1025).map(String.init))
                    #expect(
                        account.server.requests == [
                            "/v1/certificates?limit=100", "/v1/certificates?limit=100&after=1010",
                            "/v1/certificates?limit=100&after=1020",
                        ]
                    )
                }
            }

            @Test("a row without an id is reported, and costs no other row")
            func problems() async throws {
                try await Account.with { account in
                    account.server.answer("/v1/certificates", with: try fixture("certificates-odd"))
                    let request = ListCertificatesRequest()
                    let page = try await account.provider.listCertificates(request, context: OperationContext())
                    #expect(page.items.map(\.certificateID) == ["1003", "1004"])
                    #expect(page.problems.map { $0.raw.string("common_name") } == ["no-id.example.com"])
                    #expect(page.next == Cursor("1004"), "only the API ends the list")
                }
            }

            @Test("an order is read with its certificates")
            func order() async throws {
                try await Account.with { account in
                    let request = OrderDetailRequest(.order("501"))
                    let order = try await account.provider.orderDetail(request, context: OperationContext())
                    #expect(order.orderID == "501")
                    #expect(order.certificates.map(\.commonName) == ["host-1001.example.com"])
                }
            }

            @Test("an id that can be none is refused before it is sent")
            func malformedID() async throws {
                try await Account.with { account in
                    let request = OrderDetailRequest(.order("501/cancel"))
                    await #expect(throws: CertificateError(.invalidRequest, "")) {
                        try await account.provider.orderDetail(request, context: OperationContext())
                    }
                    #expect(account.server.requests.isEmpty)
                }
            }

            @Test("a refusal carries the authority's own words")
            func refusal() async throws {
                try await Account.with { account in
                    let provider = try account.provider(token: "another-token-not-a-secret")
                    do throws(CertificateError) {
                        _ = try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
                        Issue.record("a wrong token was accepted")
                    } catch {
                        #expect(error.code == .authentication)
                        #expect(error.httpStatus == 401)
                        #expect(error.providerCode == "unauthorized")
                        #expect(error.providerMessage == "Unknown token.")
                    }
                }
            }
        }
        """##
    )

    static let registrationTests = AdapterTemplate(
        "Tests/ExampleCAAdapterTests/RegistrationTests.swift",
        ##"""
        import CertProtocol
        import Foundation
        import Host
        import Testing

        @testable import ExampleCAAdapter

        /// The adapter as a program meets it: registered with one line, and configured in a file.
        @Suite("Registration")
        struct RegistrationTests {
            /// A configuration with one account.
            private static func file(token: String = "${env:EXAMPLE_CA_TOKEN}", root: String) -> String {
                """
                version: 1
                providers:
                  example-ca:
                    adapter: example-ca
                    settings:
                      token: \(token)
                      base_url: \(root)
                """
            }

            private static func load(_ file: String, _ registry: AdapterRegistry) async throws -> LoadedConfiguration {
                let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml").path
                try file.write(toFile: path, atomically: true, encoding: .utf8)
                defer { try? FileManager.default.removeItem(atPath: path) }
                let variables = ["EXAMPLE_CA_TOKEN": StubServer.token]
                return try await ConfigurationLoader(registry: registry, variables: variables).load(path: path)
            }

            @Test("a host lists everything that the account holds")
            func list() async throws {
                try await Account.with { account in
                    let registry = try AdapterRegistry([.exampleCA(transport: account.transport)])
                    let loaded = try await Self.load(Self.file(root: account.server.root), registry)
                    let host = try CertificateHost(configuration: loaded.configuration, registry: registry)
                    var names: [String] = []
                    for await event in try host.listCertificates() {
                        switch event {
                        case .items(let certificates, _): names += certificates.compactMap(\.commonName)
                        case .problems(let rows, _): Issue.record("\(rows.count) rows could not be read")
                        case .outcome(let outcome): #expect(outcome.kind == .ok, "\(String(describing: outcome.error))")
                        }
                    }
                    #expect(names == (1001...1025).map { "host-\($0).example.com" })
                }
            }

            @Test("a token that stands in the file is refused")
            func literal() async throws {
                try await Account.with { account in
                    let registry = try AdapterRegistry([.exampleCA(transport: account.transport)])
                    let literal = Self.file(token: "a-token-not-a-secret", root: "https://api.example-ca.example/v1")
                    await #expect(throws: ConfigurationError.self) { try await Self.load(literal, registry) }
                }
            }
        }
        """##
    )

    static let fixtureReader = AdapterTemplate(
        "Tests/ExampleCAAdapterTests/Support/Fixture.swift",
        ##"""
        import CertProtocol
        import Foundation

        /// An answer of the API that was kept in a file: the samples of its documentation, and odd ones made by hand.
        func fixture(_ name: String) throws -> JSONValue {
            let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            return try JSONValue(parsing: Array(Data(contentsOf: folder.appending(path: "Fixtures/\(name).json"))))
        }
        """##
    )

    static let log = AdapterTemplate(
        "Tests/ExampleCAAdapterTests/Support/Log.swift",
        ##"""
        import InMemoryLogging
        import Logging

        /// What is logged while the tests run. A process has one logging system, so all of them share it.
        enum Log {
            private static let handler = {
                var handler = InMemoryLogHandler()
                handler.logLevel = .trace
                let shared = handler
                LoggingSystem.bootstrap { _ in shared }
                return shared
            }()

            /// Starts to keep what is logged. Loggers that were made before go on without it.
            static func record() { _ = handler }

            /// The lines so far, each with its metadata.
            static var lines: [String] { handler.entries.map { "\($0.message) \($0.metadata)" } }
        }
        """##
    )
}
