import AdapterHTTP
import CertProtocol
import DigiCertAdapter
import HTTPTypes
import Testing

struct RequestTests {
    @Test(
        "each region has its address, and base_url overrides it",
        arguments: [
            (nil, nil, "https", "www.digicert.com", "/services/v2"),
            ("us", nil, "https", "www.digicert.com", "/services/v2"),
            ("eu", nil, "https", "certcentral.digicert.eu", "/services/v2"),
            ("eu", "http://127.0.0.1:9/api/", "http", "127.0.0.1:9", "/api"),
        ] as [(String?, String?, String, String, String)]
    )
    func region(region: String?, base: String?, scheme: String, authority: String, root: String) async throws {
        var values: [String: SettingValue] = ["api_key": .secret(Secret(canaryKey))]
        values["region"] = region.map { .string($0) }
        if let base { values["base_url"] = .serviceURL(try ServiceURL(base)) }
        let transport = RecordingTransport(#"{"products":[]}"#)
        let provider = try AdapterFactory.digiCert(transport: transport).make(
            SettingsValues(values), AdapterContext(providerID: "d")
        )
        _ = try await provider.listProducts(ListProductsRequest(), context: context)
        let request = try #require(transport.requests.first)
        #expect(request.scheme == scheme)
        #expect(request.authority == authority)
        #expect(request.path == root + "/product")
    }

    @Test("a request carries the key in its own header, and asks for JSON")
    func headers() async throws {
        let transport = RecordingTransport(#"{"products":[]}"#)
        _ = try await makeProvider(transport).listProducts(ListProductsRequest(), context: context)
        let request = try #require(transport.requests.first)
        let name = try #require(HTTPField.Name("X-DC-DEVKEY"))
        #expect(request.method == .get)
        #expect(request.headerFields[values: name] == [canaryKey])
        #expect(request.headerFields[fields: name].map(\.indexingStrategy) == [.disallow])
        #expect(request.headerFields[values: .accept] == ["application/json"])
        #expect(request.headerFields[.userAgent] != nil)
        #expect(request.headerFields[.authorization] == nil)
    }

    @Test(
        "an order is looked up by id, serial number or thumbprint, hexadecimal in upper case without separators",
        arguments: [
            (OrderReference.order("123456"), "123456"), (.serial("06:69:d4:6c"), "0669D46C"),
            (.thumbprint("ab 12-cd"), "AB12CD"),
        ]
    )
    func lookups(reference: OrderReference, segment: String) async throws {
        let transport = RecordingTransport(#"{"id":123456}"#)
        _ = try await makeProvider(transport).orderDetail(OrderDetailRequest(reference), context: context)
        #expect(transport.paths == ["/services/v2/order/certificate/\(segment)"])
    }

    @Test("an answer with another order than the one asked for is not passed off as it")
    func otherOrder() async throws {
        let provider = try makeProvider(RecordingTransport(#"{"id":123}"#))
        await #expect(throws: CertificateError(.malformedResponse, "")) {
            try await provider.orderDetail(OrderDetailRequest(.order("999")), context: context)
        }
    }

    @Test(
        "what can be no reference is refused without traffic",
        arguments: [
            OrderReference.order(""), .order("12a"), .order("../user/me"), .order("1 2"), .order("-1"), .order("１２"),
            .serial(""), .serial("xyz"), .serial(": -"), .thumbprint("12/34"), .thumbprint("0xAB"),
        ]
    )
    func refusedReferences(reference: OrderReference) async throws {
        let transport = RecordingTransport(#"{"id":1}"#)
        let provider = try makeProvider(transport)
        let error = await failure { () async throws(CertificateError) in
            _ = try await provider.orderDetail(OrderDetailRequest(reference), context: context)
        }
        #expect(error?.code == .invalidRequest)
        #expect(transport.requests.isEmpty)
    }

    @Test("duplicates and reissues of what can be no order are refused without traffic", arguments: ["", "abc", "1/2"])
    func refusedOrders(id: String) async throws {
        let transport = RecordingTransport(#"{"certificates":[]}"#)
        let provider = try makeProvider(transport)
        let duplicates = await failure { () async throws(CertificateError) in
            _ = try await provider.listDuplicates(ListDuplicatesRequest(orderID: id), context: context)
        }
        let reissues = await failure { () async throws(CertificateError) in
            _ = try await provider.listReissues(ListReissuesRequest(orderID: id), context: context)
        }
        #expect([duplicates?.code, reissues?.code] == [.invalidRequest, .invalidRequest])
        #expect(transport.requests.isEmpty)
    }

    @Test("a serial number of decimal digits that hits an order by its id is not found")
    func ambiguousSerial() async throws {
        let body = #"{"id":123456,"certificate":{"serial_number":"0FDA"}}"#
        let provider = try makeProvider(RecordingTransport(body))
        let error = await failure { () async throws(CertificateError) in
            _ = try await provider.orderDetail(OrderDetailRequest(.serial("0123456")), context: context)
        }
        #expect(error?.code == .notFound)
        let order = try await provider.orderDetail(OrderDetailRequest(.serial("FDA")), context: context)
        #expect(order.orderID == "123456")
    }

    @Test("an order without an id can't be passed on", arguments: [#"{"status":"issued"}"#, "[]", "", "<html></html>"])
    func unreadableOrder(body: String) async throws {
        let provider = try makeProvider(RecordingTransport(body))
        let error = await failure { () async throws(CertificateError) in
            _ = try await provider.orderDetail(OrderDetailRequest(.order("1")), context: context)
        }
        #expect(error?.code == .malformedResponse)
    }

    @Test(
        "changes are asked for in whole seconds, rounded up",
        arguments: [
            (Duration.seconds(1), 1), (.milliseconds(1), 1), (.milliseconds(1500), 2), (.seconds(86_400), 86_400),
            (.seconds(604_800), 604_800),
        ]
    )
    func changes(since: Duration, seconds: Int) async throws {
        let transport = RecordingTransport("{}")
        _ = try await makeProvider(transport).listChanges(ListChangesRequest(since: since), context: context)
        #expect(transport.paths == ["/services/v2/order/certificate/status-changes?seconds=\(seconds)"])
    }

    @Test(
        "changes of no time, or of more than seven days, are refused without traffic",
        arguments: [Duration.zero, .seconds(-1), .seconds(604_800) + .nanoseconds(1), .seconds(Int64.max / 2)]
    )
    func refusedChanges(since: Duration) async throws {
        let transport = RecordingTransport("{}")
        let provider = try makeProvider(transport)
        let error = await failure { () async throws(CertificateError) in
            _ = try await provider.listChanges(ListChangesRequest(since: since), context: context)
        }
        #expect(error?.code == .invalidRequest)
        #expect(transport.requests.isEmpty)
    }

    @Test("health is one row of the list, which every key may read")
    func health() async throws {
        let transport = RecordingTransport(orders([1], total: 1, limit: 1))
        try await makeProvider(transport).checkHealth(HealthCheckRequest(), context: context)
        #expect(transport.paths == ["/services/v2/order/certificate?limit=1"])
    }

    @Test("an answer that is no list of orders is no health")
    func sick() async throws {
        let provider = try makeProvider(RecordingTransport("<html>maintenance</html>"))
        let error = await failure { () async throws(CertificateError) in
            try await provider.checkHealth(HealthCheckRequest(), context: context)
        }
        #expect(error?.code == .malformedResponse)
    }

    @Test("the factory says what it is, which settings it takes and which rate windows DigiCert documents")
    func factory() {
        let factory = AdapterFactory.digiCert(transport: RecordingTransport("{}"))
        #expect(factory.name == "digicert")
        #expect(factory.defaultLimits.map(\.description) == ["100/5s", "1000/3m"])
        #expect(factory.settings.settings.map(\.name) == ["api_key", "region", "base_url"])
        #expect(factory.settings.settings.map(\.isRequired) == [true, false, false])
        #expect(factory.settings.settings.map(\.defaultText) == [nil, "us", nil])
    }

    @Test("without a key there is no provider, and a key that no header can carry is never sent")
    func unusableKeys() async throws {
        let transport = RecordingTransport("{}")
        let factory = AdapterFactory.digiCert(transport: transport)
        #expect(throws: CertificateError(.invalidConfiguration, "")) {
            try factory.make(SettingsValues([:]), AdapterContext(providerID: "d"))
        }
        let provider = try makeProvider(transport, settings: ["api_key": .secret(Secret("\(canaryKey)\nX: y"))])
        let error = await failure { () async throws(CertificateError) in
            try await provider.checkHealth(HealthCheckRequest(), context: context)
        }
        #expect(error?.code == .invalidConfiguration)
        #expect(error.map { String(reflecting: $0).contains(canaryKey) } == false)
        #expect(transport.requests.isEmpty)
    }

    @Test("everything is declared but what DigiCert doesn't offer")
    func capabilities() async throws {
        let provider = try makeProvider(RecordingTransport("{}"))
        #expect(
            Set(Capability.allCases).subtracting(provider.capabilities.operations.elements) == [
                .import, .delete, .autoRenewal, .extend,
            ]
        )
        #expect(provider.capabilities.lookups == [.order, .serial, .thumbprint])
        #expect(provider.capabilities.pageSize == 1000)
    }
}
