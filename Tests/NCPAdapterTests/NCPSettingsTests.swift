import AdapterHTTP
import CertProtocol
import HTTPTypes
import Testing

@testable import NCPAdapter

struct NCPSettingsTests {
    static let v2: [Capability] = [
        .listCertificates, .orderDetail, .listChanges, .listProducts, .listOrganizations, .findOrder, .issue, .reissue,
        .revoke, .download, .domainValidation, .import, .delete, .autoRenewal, .extend,
    ]
    static let v1: [Capability] = [.listCertificates, .findOrder, .import, .delete]
    static let government: [Capability] = [.listCertificates, .findOrder, .issue, .import, .delete]

    @Test(
        "zone and api decide host, version and capabilities",
        arguments: [
            (nil, nil, "certificatemanager.apigw.ntruss.com", v2),
            ("public", nil, "certificatemanager.apigw.ntruss.com", v2),
            ("public", "v2", "certificatemanager.apigw.ntruss.com", v2),
            ("public", "v1", "certificatemanager.apigw.ntruss.com", v1),
            ("gov", nil, "certificatemanager.apigw.gov-ntruss.com", government),
            ("gov", "v1", "certificatemanager.apigw.gov-ntruss.com", government),
            ("fin", nil, "certificatemanager.apigw.fin-ntruss.com", v1),
        ] as [(String?, String?, String, [Capability])]
    )
    func zones(zone: String?, api: String?, host: String, operations: [Capability]) async throws {
        let transport = RecordingTransport(.nothing)
        let provider = try Account(zone: zone, api: api).provider(transport)
        #expect(provider.capabilities.operations.elements == operations)
        let isSecond = operations == Self.v2
        #expect(provider.capabilities.pageSize == (isSecond ? 100 : nil))
        #expect(provider.capabilities.lookups == (isSecond ? [.order] : []))
        #expect(provider.capabilities.downloadFormats == (isSecond ? [.pem, .chain, .fullChain] : []))
        let reasons: [RevocationReason] = [.unspecified, .affiliationChanged, .superseded, .cessationOfOperation]
        #expect(provider.capabilities.revocationReasons == (isSecond ? reasons : []))
        #expect(provider.capabilities.revocationScopes == (isSecond ? [.certificate, .wholeOrder] : []))
        let keyless = isSecond ? ["CLOUD_BASIC"] : operations == Self.v1 ? [] : ["NCP_PRIVATE", "NCP_PRIVATE_SSL"]
        #expect(provider.capabilities.productsWithoutRequest == keyless)

        _ = try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
        #expect(transport.requests.first?.head.authority == host)
        #expect(transport.targets.first?.hasPrefix(isSecond ? "/api/v2/" : "/api/v1/") == true)
    }

    @Test("v2 is refused where it doesn't exist, naming the setting and what is allowed", arguments: ["gov", "fin"])
    func noSecondVersion(zone: String) throws {
        let values = try Account(zone: zone, api: "v2").values()
        let declaration = AdapterFactory.ncp(transport: RecordingTransport(.nothing)).settings
        let problems = declaration.rules.flatMap { $0(values) }
        #expect(
            problems == [SettingProblem(setting: "api", message: "The \(zone) zone offers no v2.", allowed: ["v1"])]
        )
        #expect(throws: CertificateError(.invalidConfiguration, "")) {
            try Account(zone: zone, api: "v2").provider(RecordingTransport(.nothing))
        }
    }

    @Test("base_url replaces the zone's host")
    func baseURL() async throws {
        let transport = RecordingTransport(.nothing)
        let provider = try Account(baseURL: "http://127.0.0.1:8080/").provider(transport)
        _ = try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
        #expect(transport.requests.first?.head.authority == "127.0.0.1:8080")
        #expect(transport.requests.first?.head.scheme == "http")
    }

    @Test("a missing key is an error of the configuration")
    func missingKey() {
        let factory = AdapterFactory.ncp(transport: RecordingTransport(.nothing))
        #expect(throws: CertificateError(.invalidConfiguration, "")) {
            try factory.make(
                SettingsValues(["access_key": .secret(Secret("FAKE"))]), AdapterContext(providerID: "ncp")
            )
        }
    }

    @Test("the declaration names every setting, its default and what is secret")
    func declaration() {
        let factory = AdapterFactory.ncp(transport: RecordingTransport(.nothing))
        #expect(factory.name == "ncp")
        #expect(factory.defaultLimits.isEmpty)
        #expect(
            factory.settings.settings.map(\.name) == ["access_key", "secret_key", "zone", "api", "ca_tag", "base_url"])
        #expect(factory.settings.settings.map(\.isRequired) == [true, true, false, false, false, false])
        #expect(factory.settings.settings.map(\.defaultText) == [nil, nil, "public", nil, nil, nil])
        #expect(
            factory.settings.settings.map(\.kind) == [
                .secret, .secret, .choice(["public", "gov", "fin"]), .choice(["v1", "v2"]), .string,
                .serviceURL(.origin),
            ]
        )
    }
}
