import AdapterHTTP
import CertProtocol
import DigiCertAdapter
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// What is sent for an order, and how each answer that DigiCert documents is read.
struct OrderingTests {
    private let context = OperationContext(journalKey: "0b6e3f3a-key")

    private static let contents = CertificateContents(
        signingRequest: "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
        commonName: "example.com", dnsNames: ["www.example.com"], validity: .days(90)
    )

    private static func order() -> IssueRequest {
        var request = IssueRequest(product: "ssl_plus", contents: contents)
        request.organizationID = "112233"
        return request
    }

    // MARK: - What is sent

    private static let certificate =
        #"{"common_name":"example.com","dns_names":["www.example.com"],"csr":"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n"#
        + #"-----END CERTIFICATE REQUEST-----\n","signature_hash":"sha256","server_platform":{"id":-1},"#
        + #""cert_validity":{"days":90}}"#

    @Test("an order says everything in its body, and carries the journal's key as its alternative id")
    func orderBody() async throws {
        let transport = RecordingTransport(status: 201, #"{"id":1,"requests":[{"id":2,"status":"pending"}]}"#)
        var request = Self.order()
        request.validationMethod = "dns-txt-token"
        request.comments = "For the shop."
        request.orderValidity = .until(try #require(CalendarDay(year: 2027, month: 6, day: 5)))
        _ = try await makeProvider(transport).issue(request, context: context)
        #expect(transport.requests.map(\.method) == [.post])
        #expect(transport.paths == ["/services/v2/order/certificate/ssl_plus"])
        #expect(transport.requests.first?.headerFields[.contentType] == "application/json")
        #expect(
            transport.bodies == [
                #"{"certificate":"# + Self.certificate
                    + #","organization":{"id":112233},"order_validity":{"custom_expiration_date":"2027-06-05"},"#
                    + #""dcv_method":"dns-txt-token","comments":"For the shop.","alternative_order_id":"0b6e3f3a-key"}"#
            ]
        )
    }

    @Test("an order is paid for one year where nothing else is said, and a renewal names the order that it renews")
    func renewalBody() async throws {
        let transport = RecordingTransport(status: 201, #"{"id":1,"requests":[{"id":2,"status":"pending"}]}"#)
        _ = try await makeProvider(transport).renew(
            RenewRequest(orderID: "77", issue: Self.order()), context: OperationContext()
        )
        #expect(
            transport.bodies == [
                #"{"certificate":"# + Self.certificate
                    + #","organization":{"id":112233},"order_validity":{"years":1},"renewal_of_order_id":77}"#
            ]
        )
    }

    @Test("a reissue and a duplicate send every name and the request again, and nothing about the order")
    func copyBodies() async throws {
        let transport = RecordingTransport(status: 201, #"{"id":77,"requests":[{"id":2,"status":"pending"}]}"#)
        let provider = try makeProvider(transport)
        _ = try await provider.reissue(ReissueRequest(orderID: "77", contents: Self.contents), context: context)
        _ = try await provider.duplicate(DuplicateRequest(orderID: "77", contents: Self.contents), context: context)
        #expect(
            transport.paths == [
                "/services/v2/order/certificate/77/reissue", "/services/v2/order/certificate/77/duplicate",
            ]
        )
        #expect(transport.bodies == Array(repeating: #"{"certificate":"# + Self.certificate + "}", count: 2))
    }

    @Test("a revocation says its reason and goes to where its scope says", arguments: [nil, "9"] as [String?])
    func revocationBody(certificate: String?) async throws {
        let transport = RecordingTransport { request in
            request.head.method == .get
                ? TransportResponse(status: 200, #"{"id":77,"certificate":{"id":9}}"#)
                : TransportResponse(status: 204, "")
        }
        var request = RevokeRequest(
            orderID: "77", scope: certificate.map(RevocationScope.certificate) ?? .wholeOrder, reason: .keyCompromise
        )
        request.comments = "Lost laptop."
        let receipt = try await makeProvider(transport).revoke(request, context: context)
        #expect(receipt.state == .done)
        #expect(
            transport.paths.last
                == "/services/v2" + (certificate == nil ? "/order/certificate/77/revoke" : "/certificate/9/revoke")
        )
        #expect(transport.bodies == [#"{"revocation_reason":"keyCompromise","comments":"Lost laptop."}"#])
    }

    @Test("what can't be is refused without traffic")
    func refusedLocally() async throws {
        let transport = RecordingTransport("{}")
        let provider = try makeProvider(transport)
        var odd = Self.order()
        odd.organizationID = "ACME"
        let organization = odd
        var codes: [CertificateError.Code?] = []
        func note(_ call: () async throws(CertificateError) -> Void) async { codes.append(await failure(call)?.code) }
        await note { () async throws(CertificateError) in _ = try await provider.issue(organization, context: context) }
        await note { () async throws(CertificateError) in
            _ = try await provider.issue(IssueRequest(product: "", contents: Self.contents), context: context)
        }
        await note { () async throws(CertificateError) in
            _ = try await provider.renew(RenewRequest(orderID: "x", issue: Self.order()), context: context)
        }
        await note { () async throws(CertificateError) in
            _ = try await provider.reissue(ReissueRequest(orderID: "1/2", contents: Self.contents), context: context)
        }
        await note { () async throws(CertificateError) in
            _ = try await provider.revoke(
                RevokeRequest(orderID: "1", scope: .wholeOrder, reason: .privilegeWithdrawn), context: context
            )
        }
        await note { () async throws(CertificateError) in
            _ = try await provider.revoke(
                RevokeRequest(orderID: "1", scope: .certificate("0FDA"), reason: .superseded), context: context
            )
        }
        await note { () async throws(CertificateError) in
            _ = try await provider.decideApproval(
                DecideApprovalRequest(requestID: "../1", isApproved: true), context: context
            )
        }
        await note { () async throws(CertificateError) in
            _ = try await provider.download(
                DownloadRequest(orderID: "1", certificateID: "two", format: .pem), context: context
            )
        }
        #expect(codes == Array(repeating: .invalidRequest, count: 8))
        #expect(transport.requests.isEmpty)
    }

    // MARK: - What is answered

    @Test(
        "each documented answer to an order tells what it waits for",
        arguments: [
            (#"{"id":542772,"requests":[{"id":922432,"status":"pending"}]}"#, [.approval], nil),
            (#"{"id":"542772","requests":[{"id":"1","status":"submitted"}]}"#, [.approval], nil),
            (#"{"id":542772,"certificate_id":3179443638,"dcv_random_value":"abc"}"#, [.domainValidation], "3179443638"),
            (
                #"{"id":542772,"requests":[{"id":1,"status":"approved"}],"certificate_id":7,"domains":[{"id":3,"name":"a.kr","#
                    + #""dcv_token":{"token":"t","status":"pending","expiration_date":"2026-03-01T00:00:00+00:00"}}]}"#,
                [.domainValidation], "7"
            ),
            (
                #"{"id":542772,"certificate_id":7,"domains":[{"id":3,"dns_name":"a.kr","dcv_token":{"status":"pending"}}]}"#,
                [.domainValidation], "7"
            ),
            (
                #"{"id":542772,"certificate_id":7,"domains":[{"id":3,"name":"a.kr","dcv_token":{"status":"active"}}]}"#,
                [.organizationValidation], "7"
            ),
        ] as [(String, [Receipt.Awaited], String?)]
    )
    func pending(body: String, awaiting: [Receipt.Awaited], certificate: String?) async throws {
        let transport = RecordingTransport(status: 201, body)
        let receipt = try await makeProvider(transport).issue(Self.order(), context: context)
        #expect(receipt.state == .pending)
        #expect(receipt.awaiting == awaiting)
        #expect(receipt.orderID == "542772")
        #expect(receipt.certificateID == certificate)
        #expect(receipt.journalKey == "0b6e3f3a-key")
        #expect(receipt.certificatesPEM.isEmpty)
        #expect(transport.requests.count == 1)
    }

    @Test(
        "an order that was accepted is one, even if its chain can't be read or nothing but its id was said",
        arguments: [
            #"{"id":5,"certificate_id":7,"certificate_chain":[{"subject_common_name":"a","pem":"garbage"}]}"#,
            #"{"id":5,"certificate_chain":[{"pem":"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"}]}"#,
            #"{"id":5}"#, #"{"id":5,"requests":null,"certificate_chain":{},"domains":[]}"#,
        ]
    )
    func accepted(body: String) async throws {
        // Reading the order afterwards fails too.
        let transport = RecordingTransport { request in
            request.head.method == .post
                ? TransportResponse(status: 201, body) : TransportResponse(status: 404, "")
        }
        let receipt = try await makeProvider(transport).issue(Self.order(), context: context)
        #expect(receipt.orderID == "5")
        #expect(receipt.state == .pending)
    }

    @Test(
        "a success that can't be read leaves the outcome unknown",
        arguments: ["", "[]", "{}", "<html>Imperva</html>", #"{"id":"#, #"{"id":null}"#, #"{"id":-1}"#]
    )
    func unreadable(body: String) async throws {
        let provider = try makeProvider(RecordingTransport(status: 201, body))
        let error = await failure { () async throws(CertificateError) in
            _ = try await provider.issue(Self.order(), context: context)
        }
        #expect(error?.code == .outcomeUnknown)
    }

    @Test("a revocation's answer is a request that waits, or nothing; what can't be read is an unknown outcome")
    func revocationAnswers() async throws {
        let sample =
            #"{"id":1,"date":"2016-02-10T17:06:15+00:00","type":"revoke","status":"pending","requester":{"id":1},"comments":""}"#
        for (status, body, state) in [
            (201, sample, Receipt.State.pending), (201, sample.replacing("pending", with: "submitted"), .pending),
            (201, sample.replacing("pending", with: "approved"), .done), (204, "", .done), (200, "", .done),
        ] {
            let receipt = try await makeProvider(RecordingTransport(status: status, body)).revoke(
                RevokeRequest(orderID: "7", scope: .wholeOrder, reason: .superseded), context: context
            )
            #expect(receipt.state == state)
            #expect(receipt.awaiting == (state == .pending ? [.approval] : []))
        }
        for body in ["<html>", "[]", "{}"] {
            let provider = try makeProvider(RecordingTransport(status: 200, body))
            let error = await failure { () async throws(CertificateError) in
                _ = try await provider.revoke(
                    RevokeRequest(orderID: "7", scope: .wholeOrder, reason: .superseded), context: context
                )
            }
            #expect(error?.code == .outcomeUnknown)
        }
    }

    @Test(
        "every refusal that DigiCert documents has its code, and proves that nothing was ordered",
        arguments: [
            (403, "access_denied|access_denied_invalid_key", .authentication), (401, "access_denied", .authentication),
            (403, "access_denied|missing_permission", .permission),
            (403, "access_denied|invalid_approver", .permission),
            (404, "not_found", .notFound), (404, "not_found|order", .notFound), (404, "not_found|product", .notFound),
            (404, "not_found|route", .notFound), (429, "request_limit_exceeded", .rateLimited),
            (400, "ambiguous_product", .rejected), (400, "bad_request_format", .rejected),
            (400, "auth_key_exists_for_account", .rejected), (400, "caa_check_failed|example.com", .rejected),
            (400, "caa_not_found|example.com", .rejected), (400, "cannot_activate_domain_lock", .rejected),
            (400, "cannot_deactivate_domain_lock", .rejected), (400, "cannot_archive_primary_certificate", .rejected),
            (400, "cert_transparency_turned_off_for_account", .rejected),
            (400, "cert_validity_exceeds_order_validity", .rejected), (400, "csr_invalid_cannot_parse", .rejected),
            (400, "time_frame_too_long", .rejected), (400, "invalid_dns_txt", .rejected),
            (400, "file_random_value_not_found", .rejected), (400, "invalid_value:validity_years", .rejected),
            (400, "invalid_value:validity_days", .rejected), (400, "invalid_value:custom_expiration_date", .rejected),
            (400, "invalid_custom_field_value", .rejected), (400, "order_not_eligible_for_renewal", .rejected),
            (400, "order_renewed_already", .rejected), (406, "unacceptable", .rejected), (409, "conflict", .rejected),
            (500, "server_error", .outcomeUnknown), (503, "not_found|order", .outcomeUnknown),
        ] as [(Int, String, CertificateError.Code)]
    )
    func refusals(status: Int, code: String, expected: CertificateError.Code) async throws {
        let transport = RecordingTransport(status: status, #"{"errors":[{"code":"\#(code)","message":"Words."}]}"#)
        let provider = try makeProvider(transport)
        let error = await failure { () async throws(CertificateError) in
            _ = try await provider.issue(Self.order(), context: context)
        }
        #expect(error?.code == expected)
        #expect(error?.providerCode == code)
        #expect(error?.providerMessage == "Words.")
        #expect(transport.requests.count == 1)
    }

    // MARK: - Downloads

    @Test("a download that holds no certificate is not passed off as one", arguments: DownloadFormat.allCases)
    func unreadableDownload(format: DownloadFormat) async throws {
        for body in ["", "<html>", "PK\u{3}\u{4}", "-----BEGIN CERTIFICATE-----\nAAAA"] {
            let provider = try makeProvider(RecordingTransport(body))
            let error = await failure { () async throws(CertificateError) in
                _ = try await provider.download(DownloadRequest(orderID: "1", format: format), context: context)
            }
            #expect(error?.code == .malformedResponse)
        }
    }

    @Test("a provider says which reasons, scopes and forms it takes, and that a renewal needs a request")
    func declared() throws {
        let capabilities = try makeProvider(RecordingTransport("{}")).capabilities
        #expect(!capabilities.revocationReasons.contains(.privilegeWithdrawn))
        #expect(capabilities.revocationReasons.count == 5)
        #expect(capabilities.revocationScopes == [.certificate, .wholeOrder])
        #expect(capabilities.downloadFormats == [.pem, .chain, .fullChain, .pkcs7])
        #expect(capabilities.renewalNeedsRequest)
    }
}
