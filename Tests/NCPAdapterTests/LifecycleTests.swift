import CASandbox
import CertProtocol
import FoundationEssentials
import TestSupport
import Testing

@testable import NCPAdapter

/// The life of certificates over real sockets, each step checked with `openssl`.
struct LifecycleTests {
    private func context(_ key: String) -> OperationContext { OperationContext(journalKey: key) }

    @Test("a DV certificate: ordered, proven, issued, downloaded, made anew, extended, revoked")
    func advanced() async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try sandboxed.provider()
            var request = IssueRequest(
                product: "NCP_PAID_DV_01", contents: try sandboxed.contents("shop.example.kr", "www.shop.example.kr")
            )
            request.orderValidity = .years(1)
            let receipt = try await provider.issue(request, context: context("issue-1"))
            #expect(receipt.operation == .issue)
            #expect(receipt.journalKey == "issue-1")
            #expect(receipt.state == .pending)
            #expect(receipt.awaiting == [.domainValidation])
            #expect(receipt.certificatesPEM.isEmpty)
            let orderID = try #require(receipt.orderID)

            // What to publish, then that it was found.
            let domains = DomainValidationsRequest(orderID: orderID)
            let shown = try await provider.showDomainValidations(domains, context: context(""))
            #expect(shown.map(\.domain) == ["shop.example.kr", "www.shop.example.kr"])
            #expect(shown.map(\.status) == ["VALID_STATUS_REG", "VALID_STATUS_REG"])
            #expect(shown.first?.recordName == "_ncp-validation.shop.example.kr")
            #expect(shown.first?.recordType == "TXT")
            #expect(shown.first?.recordValue?.isEmpty == false)
            let early = try await certificateError {
                try await provider.download(
                    DownloadRequest(orderID: orderID, format: .fullChain), context: context("")
                )
            }
            #expect(early.code == .notFound)
            let checked = try await provider.checkDomainValidations(domains, context: context(""))
            #expect(checked.map(\.status) == ["VALID_STATUS_SUCCESS", "VALID_STATUS_SUCCESS"])

            let order = try await provider.orderDetail(OrderDetailRequest(.order(orderID)), context: context(""))
            #expect(order.status == .issued)
            #expect(order.validityYears == 1)
            let paidUntil = try #require(order.validUntil).startInUTC

            let chain = try await download(orderID, provider)
            try sandboxed.openSSL.verify(chain, root: sandboxed.sandbox.rootCertificatePEM)
            try expectKey(of: chain[0], isOf: request.contents.signingRequest, sandboxed.openSSL)
            let names = try sandboxed.openSSL.run(["x509", "-noout", "-ext", "subjectAltName"], input: chain[0])
            #expect(names.contains("DNS:shop.example.kr") && names.contains("DNS:www.shop.example.kr"))
            #expect(chain.allSatisfy { !$0.contains("\r") })

            // A new key for the same order.
            let again = ReissueRequest(orderID: orderID, contents: try sandboxed.contents("shop.example.kr"))
            let reissued = try await provider.reissue(again, context: context("reissue-1"))
            #expect(reissued.state == .pending)
            #expect(reissued.orderID == orderID)
            #expect(reissued.certificateID != nil && reissued.certificateID != receipt.certificateID)
            try await sandboxed.prove(orderID, provider)
            let newChain = try await download(orderID, provider)
            try sandboxed.openSSL.verify(newChain, root: sandboxed.sandbox.rootCertificatePEM)
            try expectKey(of: newChain[0], isOf: again.contents.signingRequest, sandboxed.openSSL)
            let old = try await provider.download(
                DownloadRequest(orderID: orderID, certificateID: receipt.certificateID, format: .pem),
                context: context("")
            )
            #expect(old.certificatesPEM == [chain[0]])

            let extended = try await provider.extend(
                ExtendRequest(orderID: orderID, period: .years(2)), context: context("extend-1")
            )
            #expect(extended.state == .done)
            let longer = try await provider.orderDetail(OrderDetailRequest(.order(orderID)), context: context(""))
            let end = try #require(longer.validUntil).startInUTC
            #expect(end.timeIntervalSince(paidUntil) == 2 * 365 * 86_400)
            #expect(longer.validityYears == 3)

            // One certificate goes, the other stays.
            let one = RevokeRequest(
                orderID: orderID, scope: .certificate(try #require(receipt.certificateID)), reason: .superseded
            )
            let revoked = try await provider.revoke(one, context: context("revoke-1"))
            #expect(revoked.state == .done)
            #expect(revoked.certificateID == receipt.certificateID)
            #expect(try await statuses(orderID, provider) == [.revoked, .issued])
            let all = RevokeRequest(orderID: orderID, scope: .wholeOrder, reason: .cessationOfOperation)
            _ = try await provider.revoke(all, context: context("revoke-2"))
            #expect(try await statuses(orderID, provider) == [.revoked, .revoked])
        }
    }

    private func download(_ orderID: String, _ provider: any CertificateProvider) async throws -> [String] {
        let request = DownloadRequest(orderID: orderID, format: .fullChain)
        return try await provider.download(request, context: context("")).certificatesPEM
    }

    private func statuses(_ orderID: String, _ provider: any CertificateProvider) async throws -> [CertificateStatus] {
        try await provider.orderDetail(OrderDetailRequest(.order(orderID)), context: context("")).certificates
            .map(\.status)
    }

    private func expectKey(of certificate: String, isOf request: String, _ openSSL: OpenSSL) throws {
        let key = try openSSL.run(["x509", "-noout", "-pubkey"], input: certificate)
        #expect(try openSSL.run(["req", "-noout", "-pubkey"], input: request) == key)
    }

    @Test("the forms of a download are the certificate, those above it, and all of them")
    func downloads() async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try sandboxed.provider()
            let (orderID, _) = try await sandboxed.issued(provider)
            let all = try await download(orderID, provider)
            #expect(all.count == 3)
            for (format, part) in [(DownloadFormat.pem, all[..<1]), (.chain, all[1...])] {
                let request = DownloadRequest(orderID: orderID, format: format)
                let got = try await provider.download(request, context: context(""))
                #expect(got.format == format)
                #expect(got.certificatesPEM == Array(part))
            }
        }
    }

    @Test("an OV certificate carries the organization; a record that stays proves the next order at once")
    func persistentProof() async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try sandboxed.provider()
            var request = IssueRequest(product: "NCP_PAID_OV_01", contents: try sandboxed.contents("corp.example.kr"))
            request.organizationID = "3001"
            request.validationMethod = "PD"
            let first = try await provider.issue(request, context: context("ov-1"))
            #expect(first.state == .pending)
            try await sandboxed.prove(try #require(first.orderID), provider)

            request.contents = try sandboxed.contents("corp.example.kr")
            let second = try await provider.issue(request, context: context("ov-2"))
            #expect(second.state == .issued)
            #expect(second.awaiting.isEmpty)
            try sandboxed.openSSL.verify(second.certificatesPEM, root: sandboxed.sandbox.rootCertificatePEM)
            let subject = try sandboxed.openSSL.run(["x509", "-noout", "-subject"], input: second.certificatesPEM[0])
            #expect(subject.contains("Example Cloud Co., Ltd."))

            request.organizationID = "3002"
            request.contents = try sandboxed.contents("new.example.kr")
            let unverified = try await certificateError {
                try await provider.issue(request, context: context("ov-3"))
            }
            #expect(unverified.code == .rejected)
        }
    }

    @Test("a Cloud Basic certificate has no order, and is reached by its own number all the same")
    func cloudBasic() async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try sandboxed.provider()
            let contents = CertificateContents(signingRequest: "", commonName: "img.example.kr")
            let receipt = try await provider.issue(
                IssueRequest(product: "CLOUD_BASIC", contents: contents), context: context("cloud-1")
            )
            let number = try #require(receipt.certificateID)
            #expect(receipt.orderID == "certificate-\(number)")
            #expect(receipt.awaiting == [.domainValidation])
            let reference = try #require(receipt.orderID)
            try await sandboxed.prove(reference, provider)
            let order = try await provider.orderDetail(OrderDetailRequest(.order(reference)), context: context(""))
            #expect(order.orderID == reference)
            #expect(order.status == .issued)
            #expect(order.product == "CLOUD_BASIC")
            let chain = try await download(reference, provider)
            try sandboxed.openSSL.verify(chain, root: sandboxed.sandbox.rootCertificatePEM)

            let renewal = SetAutoRenewalRequest(certificateID: number, isOn: true)
            #expect(try await provider.setAutoRenewal(renewal, context: context("auto")).state == .done)
            let unknown = try await certificateError {
                let request = SetAutoRenewalRequest(certificateID: "4711", isOn: false)
                return try await provider.setAutoRenewal(request, context: context("auto"))
            }
            #expect(unknown.code == .notFound)
        }
    }

    @Test("what is ordered appears in every list", arguments: ["NCP_PAID_DV_01", "CLOUD_BASIC"])
    func lists(product: String) async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try sandboxed.provider()
            var contents = try sandboxed.contents("listed.example.kr")
            if product == "CLOUD_BASIC" { contents.signingRequest = "" }
            let receipt = try await provider.issue(
                IssueRequest(product: product, contents: contents), context: context("listed")
            )
            let all = try await readAll(provider).filter { $0.certificateID == receipt.certificateID }
            #expect(all.map(\.commonName) == ["listed.example.kr"])
            #expect(all.map(\.status) == [.pending])
            let changes = try await provider.listChanges(ListChangesRequest(since: .seconds(600)), context: context(""))
            #expect(changes.items.contains { $0.certificateID == receipt.certificateID && $0.status == .pending })
            var settings = try #require(sandboxed.sandbox.adapterSettings["ncp"])
            settings["api"] = "v1"
            let first = try await readAll(try sandboxed.provider(settings))
            #expect(first.contains { $0.certificateID == receipt.certificateID })
        }
    }

    @Test(
        "an external certificate is registered with its key, listed, and deleted by number",
        arguments: ["public v2", "public v1", "sub-account v1", "gov", "fin"]
    )
    func external(account: String) async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try self.provider(account, sandboxed)
            let own = try sandboxed.selfSigned()
            let request = ImportCertificateRequest(
                name: "bought-elsewhere", certificatePEM: own.certificate, privateKey: Secret(own.key)
            )
            let receipt = try await provider.importCertificate(request, context: context("import-1"))
            #expect(receipt.state == .done)
            let number = try #require(receipt.certificateID)
            let listed = try await readAll(provider).first { $0.certificateID == number }
            #expect(listed?.commonName == "external.example.kr")
            #expect(listed?.status == .issued)

            let taken = try await certificateError {
                try await provider.importCertificate(request, context: context("import-2"))
            }
            #expect(taken.code == .invalidRequest)

            let deletion = DeleteCertificateRequest(certificateID: number)
            let mismatch = DeleteCertificateRequest(certificateID: number, name: "another-name")
            let refused = try await certificateError {
                try await provider.deleteCertificate(mismatch, context: context("delete-0"))
            }
            #expect(refused.code == .rejected)
            #expect(refused.providerCode == "1004")
            #expect(try await provider.deleteCertificate(deletion, context: context("delete-1")).state == .done)
            #expect(try await !readAll(provider).contains { $0.certificateID == number })
            let gone = try await certificateError {
                try await provider.deleteCertificate(deletion, context: context("delete-2"))
            }
            #expect(gone.code == .notFound)
        }
    }

    private func provider(_ account: String, _ sandboxed: Sandboxed) throws -> any CertificateProvider {
        var settings: [String: String]
        switch account {
        case "gov": settings = sandboxed.sandbox.ncpGovernmentSettings
        case "fin": settings = sandboxed.sandbox.ncpFinancialSettings
        case "sub-account v1": settings = sandboxed.sandbox.ncpSubAccountSettings
        default: settings = sandboxed.sandbox.adapterSettings["ncp"] ?? [:]
        }
        if account.hasSuffix("v1") { settings["api"] = "v1" }
        return try sandboxed.provider(settings)
    }

    @Test("a certificate takes the place of another in v2, under the same number")
    func replacement() async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try sandboxed.provider()
            let first = try sandboxed.selfSigned()
            let second = try sandboxed.selfSigned()
            func request(_ own: (certificate: String, key: String)) -> ImportCertificateRequest {
                ImportCertificateRequest(
                    name: "rolling", certificatePEM: own.certificate, privateKey: Secret(own.key))
            }
            let number = try #require(
                try await provider.importCertificate(request(first), context: context("1")).certificateID
            )
            var renewal = request(second)
            renewal.certificateID = number
            let receipt = try await provider.importCertificate(renewal, context: context("2"))
            #expect(receipt.certificateID == number)
            let chain = try await provider.download(
                DownloadRequest(orderID: "certificate-\(number)", format: .pem), context: context("")
            )
            #expect(chain.certificatesPEM == [second.certificate])
        }
    }

    @Test("a certificate whose key is another's, that is no PEM, or that has ended is refused with the service's code")
    func badImports() async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try sandboxed.provider()
            let own = try sandboxed.selfSigned()
            let other = try sandboxed.selfSigned()
            for (certificate, key, code) in [
                (own.certificate, other.key, "26040"), ("not PEM", own.key, "1002"),
                (own.certificate, "not PEM", "1002"),
            ] {
                let request = ImportCertificateRequest(
                    name: "broken", certificatePEM: certificate, privateKey: Secret(key)
                )
                let error = try await certificateError {
                    try await provider.importCertificate(request, context: context("import"))
                }
                #expect(error.code == .rejected)
                #expect(error.providerCode == code)
            }
        }
    }

    @Test("the government zone's own authority issues at once, and offers no download")
    func privateIssuance() async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try sandboxed.provider(sandboxed.sandbox.ncpGovernmentSettings)
            var contents = CertificateContents(
                signingRequest: "", commonName: "internal.example.kr", dnsNames: ["db.internal.example.kr"]
            )
            contents.validity = .days(90)
            for (product, key) in [("NCP_PRIVATE", "EC521"), ("NCP_PRIVATE_SSL", nil)] as [(String, String?)] {
                var request = IssueRequest(product: product, contents: contents)
                request.keyAlgorithm = key
                let receipt = try await provider.issue(request, context: context(product))
                #expect(receipt.state == .issued)
                #expect(receipt.awaiting.isEmpty)
                let number = try #require(receipt.certificateID)
                let listed = try #require(try await readAll(provider).first { $0.certificateID == number })
                #expect(listed.product == product)
                #expect(listed.dnsNames == ["db.internal.example.kr"])
                let start = try #require(listed.notBefore).startInUTC
                let end = try #require(listed.notAfter).startInUTC
                #expect(end.timeIntervalSince(start) == 90 * 86_400 - 1)
            }
            let noDownload = try await certificateError {
                try await provider.download(DownloadRequest(orderID: "1", format: .pem), context: context(""))
            }
            #expect(noDownload.code == .unsupported)
        }
    }

    @Test("an unpublished proof is never found, and one whose time is over fails the order")
    func failingProofs() async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try sandboxed.provider()
            for (name, status) in [
                ("unpublished.example.kr", CertificateStatus.pending), ("times-out.example.kr", .failed),
            ] {
                let request = IssueRequest(product: "NCP_PAID_DV_01", contents: try sandboxed.contents(name))
                let receipt = try await provider.issue(request, context: context(name))
                let orderID = try #require(receipt.orderID)
                for _ in 0..<3 { try await sandboxed.prove(orderID, provider) }
                let order = try await provider.orderDetail(OrderDetailRequest(.order(orderID)), context: context(""))
                #expect(order.status == status)
            }
        }
    }

    @Test("a revocation that is only noted is pending")
    func laterRevocation() async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try sandboxed.provider()
            let (orderID, _) = try await sandboxed.issued(provider, "revoked-later.example.kr")
            let request = RevokeRequest(orderID: orderID, scope: .wholeOrder, reason: .unspecified)
            let receipt = try await provider.revoke(request, context: context("revoke"))
            #expect(receipt.state == .pending)
            let again = try await certificateError {
                try await provider.revoke(request, context: context("again"))
            }
            #expect(again.code == .rejected)
        }
    }

    @Test("no order is extended beyond three years, nor before anything was issued")
    func extensions() async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try sandboxed.provider()
            let (orderID, _) = try await sandboxed.issued(provider)
            for (id, years, code) in [
                (orderID, 3, CertificateError.Code.rejected), ("900001", 3, .rejected), ("4711", 1, .notFound),
            ] {
                let error = try await certificateError {
                    try await provider.extend(ExtendRequest(orderID: id, period: .years(years)), context: context(""))
                }
                #expect(error.code == code)
            }
        }
    }

    @Test("a sub-account's key changes nothing through v2, and the error says what may be the cause")
    func subAccount() async throws {
        try await Sandboxed.run { sandboxed in
            let provider = try sandboxed.provider(sandboxed.sandbox.ncpSubAccountSettings)
            let request = IssueRequest(product: "NCP_PAID_DV_01", contents: try sandboxed.contents("a.example.kr"))
            let error = try await certificateError { try await provider.issue(request, context: context("1")) }
            #expect(error.code == .permission)
            #expect(error.httpStatus == 403)
            #expect(error.message.contains("sub-account"))
        }
    }
}
