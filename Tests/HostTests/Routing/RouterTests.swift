import CertProtocol
import Host
import Testing

@Suite("Where a call goes")
struct RouterTests {
    private let router = Router(
        providers: [
            .init(id: "ncp", isEnabled: true, capabilities: [.issue]),
            .init(id: "digicert", isEnabled: true, capabilities: [.issue]),
            .init(id: "old", isEnabled: false, capabilities: [.issue]),
            .init(id: "reader", isEnabled: true, capabilities: []),
        ],
        routes: [
            Route(
                domains: ["*.kr", "example.com"].compactMap(DomainPattern.init), validations: ["ov"],
                targets: [
                    .init(provider: "ncp", product: "NCP_PAID_OV_01"), .init(provider: "old"),
                    .init(provider: "digicert"),
                ]
            ),
            Route(products: ["ssl_plus"], targets: [.init(provider: "digicert")]),
        ]
    )

    private func decide(
        _ domains: [String], validation: String? = nil, product: String? = nil, provider: String? = nil,
        holder: String? = nil, capability: Capability? = .issue
    ) throws -> RoutingDecision {
        try router.decide(
            RoutingRequest(
                domains: domains, validation: validation, product: product, provider: provider, orderHolder: holder,
                capability: capability
            )
        )
    }

    @Test("the first route that matches, its targets in order, every other provider with a reason")
    func firstRoute() throws {
        let decision = try decide(["www.example.kr", "EXAMPLE.com"], validation: "OV", product: "ssl_plus")
        #expect(
            decision.candidates == [
                RouteTarget(provider: "ncp", product: "NCP_PAID_OV_01"),
                RouteTarget(provider: "digicert", product: "ssl_plus"),
            ]
        )
        #expect(decision.refused.map(\.provider) == ["old", "reader"])
        #expect(decision.refused.first?.reason == "disabled")
    }

    @Test(
        "every name has to match, and a condition on what isn't said isn't met",
        arguments: [
            (["www.example.kr", "other.org"], "ov"), (["kr"], "ov"), (["www.example.kr"], nil),
            (["www.example.kr"], "dv"),
            (["www.example.com"], "ov"), ([], "ov"),
        ] as [([String], String?)]
    )
    func notMatched(_ domains: [String], _ validation: String?) {
        #expect(throws: CertificateError(.invalidRequest, "")) { try decide(domains, validation: validation) }
    }

    @Test(
        "names compare as A-labels: in Unicode, as punycode, with a star",
        arguments: ["도메인.kr", "xn--hq1bm8jm9l.kr", "*.도메인.KR"])
    func international(_ name: String) throws {
        let decision = try decide([name], validation: "ov")
        #expect(decision.candidates.first?.provider == "ncp")
    }

    @Test("the provider that is named wins over routes, the one that holds the order over both")
    func precedence() throws {
        #expect(
            try decide(["www.example.kr"], validation: "ov", provider: "digicert").candidates.map(\.provider) == [
                "digicert"
            ])
        #expect(
            try decide(["www.example.kr"], validation: "ov", holder: "digicert").candidates.map(\.provider) == [
                "digicert"
            ])
        #expect(throws: CertificateError(.invalidRequest, "")) {
            try decide(["www.example.kr"], provider: "ncp", holder: "digicert")
        }
        #expect(throws: CertificateError(.invalidRequest, "")) { try decide(["a.org"], provider: "nobody") }
    }

    @Test("a provider without the capability is refused with that reason")
    func capability() throws {
        let decision = try decide(["a.org"], provider: "reader")
        #expect(decision.candidates.isEmpty)
        #expect(decision.refused.first { $0.provider == "reader" }?.reason == "does not offer issue")
    }

    @Test("a name that is none is refused", arguments: ["", "a..b", "exa mple.com", "http://example.com", "-\u{0}"])
    func noName(_ name: String) {
        #expect(throws: CertificateError(.invalidRequest, "")) { try decide([name], validation: "ov") }
    }

    @Test(
        "what one pattern covers of another",
        arguments: [
            ("*", "a.kr", true), ("*.kr", "*.example.kr", true), ("*.kr", "a.kr", true), ("*.kr", "kr", false),
            ("a.kr", "*.kr", false), ("a.kr", "A.kr.", true), ("*.example.kr", "*.kr", false),
        ]
    )
    func covers(_ first: String, _ second: String, _ expected: Bool) throws {
        let patterns = try (#require(DomainPattern(first)), #require(DomainPattern(second)))
        #expect(patterns.0.covers(patterns.1) == expected)
    }
}
