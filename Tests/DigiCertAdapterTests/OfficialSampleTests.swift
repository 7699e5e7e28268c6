import CertProtocol
import DigiCertAdapter
import Foundation
import Testing

/// The bodies that DigiCert's own pages print, every field of them.
struct OfficialSampleTests {
    /// “Order info”, 200 OK (needs_approval) and (issued): what both samples share.
    private func expectCommonFields(_ info: DigiCert.OrderInfo) throws {
        #expect(info.id == 123_456)
        let certificate = try #require(info.certificate)
        #expect(certificate.commonName == "example.com")
        #expect(certificate.dnsNames == ["example2.com", "example3.com"])
        #expect(certificate.csr == "<csr>")
        #expect(certificate.organization?.id == 112_233)
        #expect(certificate.organizationUnits == ["Not Fake Company Inc."])
        let platform = try #require(certificate.serverPlatform)
        #expect(platform.id == -1)
        #expect(platform.name == "OTHER")
        #expect(platform.installURL == "http://www.digicert.com/SSL-certificate-installation.htm")
        #expect(platform.csrURL == "http://www.digicert.com/csr-creation.htm")
        #expect(certificate.signatureHash == "sha256")
        #expect(certificate.keySize == 2048)
        #expect(info.isRenewal == false)
        let organization = try #require(info.organization)
        #expect(organization.id == 112_233)
        #expect(organization.name == "Epigyne Unwieldiness llc")
        #expect(organization.assumedName == "Epigyne Unwieldiness")
        #expect(organization.displayName == "Epigyne Unwieldiness llc (Epigyne Unwieldiness)")
        #expect(organization.city == "Minneapolis")
        #expect(organization.state == "mn")
        #expect(organization.country == "us")
        #expect(info.validityYears == 1)
        #expect(info.disableRenewalNotifications == false)
        #expect(info.autoRenew == false)
        #expect(info.container?.id == 15)
        #expect(info.container?.name == "History Department")
        #expect(info.container?.isActive == true)
        let product = try #require(info.product)
        #expect(product.nameID == "ssl_plus")
        #expect(product.name == "Standard SSL")
        #expect(product.type == "ssl_certificate")
        #expect(product.validationType == "ov")
        #expect(product.validationName == "OV")
        #expect(product.validationDescription == "Normal Organization Validation")
        #expect(product.csrRequired == true)
        for contact in [info.organizationContact, info.technicalContact] {
            #expect(contact?.firstName == "Gia")
            #expect(contact?.lastName == "Booth")
            #expect(contact?.email == "gia.booth@inbox.com")
            #expect(contact?.jobTitle == "Clinical Laboratory Technician")
            #expect(contact?.telephone == "666-186-6450")
            #expect(contact?.telephoneExtension == "736")
        }
        #expect(info.user?.id == 44)
        #expect(info.user?.firstName == "John")
        #expect(info.user?.lastName == "Smith")
        #expect(info.user?.email == "john.smith@digicert.com")
        #expect(info.purchasedDNSNames == 2)
        let request = try #require(info.requests.first)
        #expect(info.requests.count == 1)
        #expect(request.id == 198)
        #expect(request.date == (try instant("2018-10-16T20:05:28Z")))
        #expect(request.type == "new_request")
        #expect(request.status == "pending")
        #expect(request.comments == "Certificate comment.")
        #expect(info.publicID == "<public_id>")
        #expect(info.isOutOfContract == false)
        #expect(info.paymentMethod == "balance")
        #expect(info.productNameID == "ssl_plus")
        #expect(info.customFields.map(\.metadataID) == [12])
        #expect(info.customFields.map(\.label) == ["Invoice #"])
        #expect(info.customFields.map(\.value) == ["123456"])
        #expect(info.disableIssuanceEmail == false)
    }

    @Test("the needs_approval sample of order info is read whole")
    func needsApproval() throws {
        let info = try #require(DigiCert.OrderInfo(try json(fixture("order-info-needs-approval"))))
        try expectCommonFields(info)
        #expect(info.status == "needs_approval")
        #expect(info.dateCreated == (try instant("2018-10-16T20:05:28Z")))
        #expect(info.certificate?.dateCreated == (try instant("2018-10-16T20:05:28Z")))
        #expect(info.certificate?.caCertificate?.id == "<cert_id>")
        #expect(info.certificate?.caCertificate?.name == "DigiCert SHA2 Secure Server CA")
        #expect(info.certificate?.id == nil)
        #expect(info.certificate?.validTill == nil)
    }

    @Test("the issued sample of order info is read whole")
    func issued() throws {
        let info = try #require(DigiCert.OrderInfo(try json(fixture("order-info-issued"))))
        try expectCommonFields(info)
        #expect(info.status == "issued")
        #expect(info.dateCreated == (try instant("2019-04-30T18:02:50Z")))
        let certificate = try #require(info.certificate)
        #expect(certificate.dateCreated == (try instant("2019-04-30T18:02:50Z")))
        #expect(certificate.validFrom == day(2019, 4, 30))
        #expect(certificate.validTill == day(2020, 4, 30))
        #expect(certificate.daysRemaining == 289)
        #expect(certificate.userID == 12345)
    }

    @Test("an order keeps its whole body, and the typed form can be made of it")
    func orderDetail() async throws {
        let body = try fixture("order-info-issued")
        let provider = try makeProvider(RecordingTransport(body))
        let order = try await provider.orderDetail(OrderDetailRequest(.order("123456")), context: context)
        #expect(order.raw == (try json(body)))
        #expect(DigiCert.OrderInfo(order.raw)?.technicalContact?.lastName == "Booth")

        #expect(order.provider == "digicert-test")
        #expect(order.orderID == "123456")
        #expect(order.status == .issued)
        #expect(order.providerStatus == "issued")
        #expect(order.product == "ssl_plus")
        #expect(order.productName == "Standard SSL")
        #expect(order.validation == "ov")
        #expect(order.organization == "Epigyne Unwieldiness llc")
        #expect(order.accountID == nil)
        #expect(order.subaccount == nil)
        #expect(order.price == nil)
        #expect(order.createdAt == (try instant("2019-04-30T18:02:50Z")))
        #expect(order.issuedAt == nil)
        #expect(order.validityYears == 1)
        #expect(order.isRenewal == false)
        #expect(order.renewedOrderID == nil)
        #expect(
            order.requests == [
                OrderRequest(
                    id: "198", date: try instant("2018-10-16T20:05:28Z"), type: "new_request", status: "pending",
                    comments: "Certificate comment."
                )
            ]
        )
        let certificate = try #require(order.certificates.first)
        #expect(order.certificates.count == 1)
        #expect(certificate.orderID == "123456")
        #expect(certificate.certificateID == nil)
        #expect(certificate.commonName == "example.com")
        #expect(certificate.dnsNames == ["example2.com", "example3.com"])
        #expect(certificate.notBefore?.text == "2019-04-30")
        #expect(certificate.notAfter?.text == "2020-04-30")
        #expect(certificate.raw == order.raw["certificate"])
    }

    @Test("the sample of sub-account orders becomes three orders, with and without certificates")
    func subaccountOrders() async throws {
        let transport = RecordingTransport(try fixture("subaccount-orders"))
        let page = try await makeProvider(transport).listSubaccountOrders(
            ListSubaccountOrdersRequest(), context: context
        )
        #expect(transport.paths == ["/services/v2/account/subaccount/order?limit=1000&offset=0&sort=order_id"])
        #expect(page.items.map(\.orderID) == ["123456", "123457", "123458"])
        #expect(page.items.map(\.status) == [.pending, .issued, .pending])
        #expect(page.items.map(\.certificates.count) == [0, 1, 1])
        #expect(page.items.map(\.price) == [198, 358, 399])
        #expect(page.items.map(\.currency) == ["USD", "USD", "USD"])
        #expect(page.next == nil)
        #expect(page.total == 3)
        // Beyond 32 bits.
        #expect(page.items[2].certificates.first?.certificateID == "3179443638")

        let order = page.items[1]
        #expect(
            order.subaccount
                == Subaccount(
                    accountID: "123445", accountType: "enterprise", organizationName: "Sub account organization"
                )
        )
        #expect(order.accountID == "123445")
        #expect(order.product == "ssl_multi_domain")
        #expect(order.productName == "Multi-Domain SSL")
        #expect(order.createdAt?.text == "2019-06-11T07:08:04Z")
        #expect(order.issuedAt?.text == "2019-06-11T07:09:00Z")
        #expect(order.validityYears == 1)
        let certificate = try #require(order.certificates.first)
        #expect(certificate.certificateID == "101015")
        #expect(
            certificate.dnsNames == ["sub1.example.com", "sub2.example.com", "sub3.example.com", "sub4.example.com"]
        )
        #expect(certificate.serialNumber == "0FDA")
        #expect(certificate.thumbprint == "03F6")
        #expect(certificate.notBefore == nil)
        #expect(certificate.notAfter?.text == "2020-06-15")
        #expect(certificate.createdAt?.text == "2019-06-11T07:08:04Z")
        #expect(certificate.issuedAt?.text == "2019-06-11T07:09:00Z")
        #expect(certificate.accountID == "123445")
        #expect(certificate.validation == nil)

        let row = try #require(DigiCert.SubaccountOrder(order.raw))
        #expect(row.numberOfSANs == 4)
        #expect(row.certificate?.organizationUnits == ["IT Dept."])
        #expect(row.certificate?.signatureHash == "sha256")
        #expect(row.product?.type == "ssl_certificate")
    }

    @Test("the sample of duplicates becomes three certificates of the order asked for, archived ones asked for too")
    func duplicates() async throws {
        let transport = RecordingTransport(try fixture("duplicates"))
        let page = try await makeProvider(transport).listDuplicates(
            ListDuplicatesRequest(orderID: "123456"), context: context
        )
        #expect(transport.paths == ["/services/v2/order/certificate/123456/duplicate?show_archived=true"])
        #expect(page.next == nil)
        #expect(page.keys == [12345, 23456, 34567])
        #expect(page.items.map(\.certificateID) == ["12345", "23456", "34567"])
        #expect(page.items.map(\.orderID) == ["123456", "123456", "123456"])
        #expect(page.items.map(\.status) == [.issued, .rejected, .pending])
        #expect(page.items.map(\.providerStatus) == ["approved", "rejected", "pending"])
        #expect(page.items.map(\.notAfter?.text) == ["2019-03-28", nil, nil])
        #expect(page.items.map(\.createdAt?.text).first == "2016-03-25T21:01:40Z")

        let row = try #require(DigiCert.DuplicateCertificate(page.items[0].raw))
        #expect(row.id == 12345)
        #expect(row.thumbprint == "<thumbprint>")
        #expect(row.serialNumber == "<serial_number>")
        #expect(row.commonName == "example.com")
        #expect(row.dnsNames == ["sub.example.com"])
        #expect(row.status == "approved")
        #expect(row.validFrom == day(2016, 3, 23))
        #expect(row.daysRemaining == 111)
        #expect(row.csr == "<csr>")
        #expect(row.serverPlatform?.name == "nginx")
        #expect(row.signatureHash == "sha256")
        #expect(row.keySize == 2048)
        #expect(row.caCertificateID == "1005")
        #expect(row.subID == "111")
        #expect(row.publicID == "<public_id>")
        #expect(row.isArchived == false)
        #expect(row.userID == 2)
        #expect(row.firstName == "Jan")
        #expect(row.lastName == "Sport")
    }
}
