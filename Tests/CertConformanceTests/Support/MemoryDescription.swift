import CertConformance
import CertProtocol

/// The authority in memory, as the kit sees it.
enum MemoryDescription {
    static let providerID = "memory-test"

    static func describe(
        _ breakage: Breakage? = nil, without withheld: Set<Capability> = [],
        at authority: MemoryAuthority = MemoryAuthority()
    ) throws -> AuthorityUnderTest {
        let factory = FactoryUnderTest(
            factory(authority, breakage, without: withheld),
            settings: ["api_key": .secret(Secret(MemoryAuthority.key))],
            context: AdapterContext(providerID: providerID)
        )
        var description = try AuthorityUnderTest(factory)
        description.samples = samples(description.provider)
        description.faults = faults(authority, factory)
        description.clearFaults = { authority.misbehave(nil) }
        description.requestCount = .made { authority.requests }
        description.mutationCount = .made { authority.changes }
        description.secrets = [MemoryAuthority.key]
        description.logs = .made { authority.log }
        return description
    }

    private static let keySetting = Setting("api_key", .secret, isRequired: true, "The key of the account.")

    static func factory(
        _ authority: MemoryAuthority, _ breakage: Breakage?, without withheld: Set<Capability> = [],
        isReachable: Bool = true
    ) -> AdapterFactory {
        var setting = keySetting
        if breakage == .documentsNothing { setting.documentation = "" }
        return AdapterFactory(
            name: "memory", title: "Memory", settings: SettingsDeclaration([setting]), defaultLimits: []
        ) { values, context throws(CertificateError) in
            if breakage == .asksWhenMade { authority.receive(isChange: false) }
            let key = values.secret(keySetting)
            guard key != nil || breakage == .needsNoKey else {
                throw CertificateError(.invalidConfiguration, "api_key is missing.")
            }
            return MemoryProvider(
                authority: authority, id: context.providerID, key: key ?? Secret(""),
                plainKey: breakage == .keepsKeyAsText ? MemoryAuthority.key : nil, isReachable: isReachable,
                breakage: breakage, withheld: withheld
            )
        }
    }

    private static func faults(
        _ authority: MemoryAuthority, _ factory: FactoryUnderTest
    ) -> [AuthorityFault: Supplied<FaultInjection>] {
        let injected: [AuthorityFault] = [
            .unavailable, .rateLimited, .html, .truncated, .hang, .hangOnChange, .lostAnswer, .failureAfterExecution,
            .failureBeforeExecution, .unknownStatus, .unknownFields, .rowsRemoved, .rowsInserted, .repeatedPage,
        ]
        var faults: [AuthorityFault: Supplied<FaultInjection>] = [:]
        for fault in injected { faults[fault] = .injected { authority.misbehave(fault) } }
        faults[.wrongCredential] = .provider {
            var other = factory
            other.settings["api_key"] = .secret(Secret("FAKE-WRONG-KEY-0002"))
            return try other.make()
        }
        faults[.unreachable] = .provider {
            guard let provider = try factory.make() as? MemoryProvider else { return try factory.make() }
            return MemoryProvider(
                authority: authority, id: provider.id, key: provider.key, plainKey: nil, isReachable: false,
                breakage: provider.breakage, withheld: provider.withheld
            )
        }
        return faults
    }

    private static func samples(_ provider: any CertificateProvider) -> Samples {
        let contents = CertificateContents(signingRequest: "a request", commonName: "www.example.com")
        let issue = IssueRequest(product: "plain", contents: contents)
        var samples = Samples()
        samples.orders = .value([.order("101"), .serial("13EE")])
        samples.missingOrder = .value(.order("999"))
        samples.orderWithDuplicates = .value("101")
        samples.orderWithReissues = .value("101")
        samples.download = .value(DownloadRequest(orderID: "101", format: .pem))
        samples.domainValidations = .value(DomainValidationsRequest(orderID: "101"))
        samples.issue = .value(issue)
        samples.renew = .value(RenewRequest(orderID: "101", issue: issue))
        samples.reissue = .value(ReissueRequest(orderID: "101", contents: contents))
        samples.duplicate = .value(DuplicateRequest(orderID: "101", contents: contents))
        samples.extend = .value(ExtendRequest(orderID: "101", period: .years(1)))
        samples.revocations = .value([RevokeRequest(orderID: "103", scope: .wholeOrder, reason: .superseded)])
        var byKey = RevokeRequest(orderID: "103", scope: .wholeOrder, reason: .superseded)
        byKey.certificateKey = Secret("FAKE-CERTIFICATE-KEY")
        samples.revocationByKey = .value(byKey)
        samples.cancel = .value(CancelRequest(orderID: "104"))
        samples.delete = .value(DeleteCertificateRequest(certificateID: "5105"))
        samples.importCertificate = .value(
            ImportCertificateRequest(name: "imported", certificatePEM: "", privateKey: Secret("FAKE-PRIVATE-KEY")))
        samples.autoRenewal = .value(SetAutoRenewalRequest(certificateID: "5106", isOn: true))
        samples.domainValidationChange = .value(SetDomainValidationMethodRequest(orderID: "107", method: "http"))
        samples.approval = .value(DecideApprovalRequest(requestID: "102", isApproved: true))
        return samples
    }
}
