import CertProtocol
import TestSupport
import Testing

/// Proving the control of domains, over real sockets.
struct ValidationTests {
    private let context = OperationContext()

    @Test("an order of domain validation says what to publish by each method, and a check has it issued")
    func domainValidated() async throws {
        try await LiveAccount.run { account in
            let receipt = try await account.issue(
                "shop.sample.kr", "*.shop.sample.kr", product: "ssl_dv_geotrust", organization: nil
            )
            #expect(receipt.awaiting == [.domainValidation])
            let id = try #require(receipt.orderID)
            let shown = try await account.provider.showDomainValidations(.init(orderID: id), context: context)
            #expect(shown.map(\.domain) == ["shop.sample.kr", "*.shop.sample.kr"])
            #expect(shown.map(\.recordName) == ["shop.sample.kr", "shop.sample.kr"])
            #expect(shown.allSatisfy { $0.recordType == "TXT" && $0.recordValue?.count == 32 && $0.expiresAt != nil })

            let changed = try await account.provider.setDomainValidationMethod(
                .init(orderID: id, method: "dns-cname-token"), context: context
            )
            #expect(changed.map(\.recordType) == ["CNAME", "CNAME"])
            #expect(changed[0].recordName == "_dnsauth.shop.sample.kr")
            #expect(changed[0].recordValue?.hasSuffix(".dcv.digicert.com") == true)
            #expect(changed[0].recordValue?.hasPrefix(shown[0].recordValue ?? "-") == false)

            let checked = try await account.provider.checkDomainValidations(.init(orderID: id), context: context)
            #expect(checked.map(\.status) == ["approved", "approved"])
            let order = try await account.order(receipt)
            #expect(order.status == .issued)
            // Once it is issued there is nothing to publish, and asking again harms nothing.
            let again = try await account.provider.checkDomainValidations(.init(orderID: id), context: context)
            #expect(again.map(\.status) == ["issued", "issued"])
            let download = try await account.provider.download(
                DownloadRequest(orderID: id, format: .fullChain), context: context
            )
            try account.verify(download.certificatesPEM)
        }
    }

    @Test("an order of organization validation goes by the account's domains, each once, at the closest that there is")
    func organizationValidated() async throws {
        try await LiveAccount.run { account in
            let receipt = try await account.issue(
                "sample.kr", "www.sample.kr", "www.example.com", product: "ssl_multi_domain")
            #expect(receipt.awaiting == [.domainValidation])
            #expect(receipt.certificateID != nil)
            let id = try #require(receipt.orderID)
            let shown = try await account.provider.showDomainValidations(.init(orderID: id), context: context)
            #expect(shown.map(\.domain) == ["sample.kr", "example.com"])
            #expect(shown[0].recordName == "sample.kr")
            #expect(shown[0].recordType == "TXT")
            #expect(shown[1].recordValue == nil)

            let changed = try await account.provider.setDomainValidationMethod(
                .init(orderID: id, method: "http-token"), context: context
            )
            #expect(changed[0].recordName == "http://sample.kr/.well-known/pki-validation/fileauth.txt")
            let checked = try await account.provider.checkDomainValidations(.init(orderID: id), context: context)
            #expect(checked.map(\.status) == ["validated", "validated"])
            #expect(try await account.order(receipt).status == .issued)
        }
    }

    @Test(
        "a check that finds nothing is an outcome and no failure",
        arguments: [
            ("ssl_dv_geotrust", "dns-txt-token", "pending"),
            ("ssl_dv_geotrust", "http-token", "file_random_value_not_found"),
            ("ssl_plus", "dns-txt-token", "invalid_dns_txt"), ("ssl_plus", "http-token", "file_random_value_not_found"),
        ]
    )
    func nothingFound(product: String, method: String, status: String) async throws {
        try await LiveAccount.run { account in
            let receipt = try await account.issue("unpublished.sample.kr", product: product)
            let id = try #require(receipt.orderID)
            _ = try await account.provider.setDomainValidationMethod(
                .init(orderID: id, method: method), context: context)
            let checked = try await account.provider.checkDomainValidations(.init(orderID: id), context: context)
            #expect(checked.map(\.status) == [status])
            #expect(try await account.order(receipt).status == .pending)
        }
    }

    @Test("an order whose organization isn't validated waits for that")
    func organization() async throws {
        try await LiveAccount.run { account in
            let receipt = try await account.issue("www.example.com", organization: "112235")
            #expect(receipt.state == .pending)
            #expect(receipt.awaiting == [.organizationValidation])
        }
    }

    @Test("with the method of e-mail there is nothing to publish")
    func email() async throws {
        try await LiveAccount.run { account in
            let receipt = try await account.issue("shop.sample.kr", product: "ssl_dv_geotrust", organization: nil)
            let id = try #require(receipt.orderID)
            _ = try await account.provider.setDomainValidationMethod(
                .init(orderID: id, method: "email"), context: context)
            let shown = try await account.provider.showDomainValidations(.init(orderID: id), context: context)
            #expect(shown.map(\.method) == ["email"])
            #expect(shown.allSatisfy { $0.recordValue == nil && $0.recordName == nil })
        }
    }
}
