internal import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

/// The endpoints of Certificate Manager: path, query, body, answer. One function for each.
struct NCPAPI: Sendable {
    let http: ProviderHTTPClient

    /// A client for one account.
    init(
        settings: NCPSettings, context: AdapterContext, transport: any ClientTransport, clock: OperationClock
    ) {
        let credential = settings.credential
        http = ProviderHTTPClient(
            root: settings.root, context: context, transport: transport,
            limiter: .shared(
                scope: NCP.adapterName, credential: credential.accessKey, context: context, clock: clock
            ),
            secrets: [credential.accessKey, credential.secretKey],
            traceHeader: .init("x-ncp-trace-id"),
            clock: clock,
            sign: { (request, date) in credential.sign(&request, at: date) },
            readError: NCPErrors.reader(for: settings.api)
        )
    }

    // MARK: Certificates

    /// ListAdvancedCertificates: the orders of Advanced DV and OV certificates, a page of them.
    func paidCertificates(
        page: Int, pageSize: Int, context: OperationContext
    ) async throws(CertificateError) -> NCP.ListAnswer<NCP.PaidOrder> {
        let target: RequestTarget = "/api/v2/certificate/getPaidCertificates"
        return try await list(.init(.get, target.page(page, size: pageSize)), ["orders"], context)
    }

    /// ListCertificates: certificates of every kind, a page of them.
    func certificates(
        page: Int, pageSize: Int, context: OperationContext
    ) async throws(CertificateError) -> NCP.ListAnswer<NCP.Certificate> {
        let target: RequestTarget = "/api/v2/certificate/certificates"
        return try await list(.init(.get, target.page(page, size: pageSize)), ["sslCertificateList"], context)
    }

    /// ListCloudCertificates: Cloud Basic and Global Edge certificates, a page of them.
    func cloudCertificates(
        page: Int, pageSize: Int, context: OperationContext
    ) async throws(CertificateError) -> NCP.ListAnswer<NCP.Certificate> {
        let target: RequestTarget = "/api/v2/certificate/getCertificates"
        return try await list(.init(.get, target.page(page, size: pageSize)), ["sslCertificateList"], context)
    }

    /// getCertificateList of API v1: every certificate at once. It has no pages.
    func externalCertificates(
        context: OperationContext
    ) async throws(CertificateError) -> NCP.ListAnswer<NCP.ExternalCertificate> {
        try await list(.init(.get, "/api/v1/certificates"), ["sslCertificateList"], context)
    }

    /// ListRecentCertChanges: what changed its status within the last seconds, up to 604,800. It has no pages.
    ///
    /// Only `seconds` is sent: beside another window the service answers with no rows, and without an error.
    func recentChanges(
        seconds: Int64, context: OperationContext
    ) async throws(CertificateError) -> NCP.ListAnswer<NCP.RecentChange> {
        let target: RequestTarget = "/api/v2/certificate/recentChanges"
        return try await list(.init(.get, target.query("seconds", String(seconds))), ["orders"], context)
    }

    /// GetCertificateChain: a certificate with those above it.
    func certificateChain(
        certificateNo: Int64, context: OperationContext
    ) async throws(CertificateError) -> NCP.CertificateChain {
        let target: RequestTarget = "/api/v2/certificate/exportCertificate/\(String(certificateNo))/chain"
        return try await record(.init(.get, target), "certificate", context) { NCP.CertificateChain($0) }
    }

    /// ListDcvStatuses: how the control of a domain of a certificate is being proven.
    func verificationInfo(
        certificateNo: Int64, domainAddress: String, context: OperationContext
    ) async throws(CertificateError) -> NCP.VerificationInfo {
        let target: RequestTarget = "/api/v2/certificate/getVerificationInfo/\(String(certificateNo))"
        return try await record(
            .init(.get, target.query("domainAddress", domainAddress)), "list of verifications", context
        ) { NCP.VerificationInfo($0) }
    }

    // MARK: Orders

    /// ListOrders: orders without their certificates, a page of them. A size of 0 means all at once.
    func orders(
        page: Int, pageSize: Int, context: OperationContext
    ) async throws(CertificateError) -> NCP.ListAnswer<NCP.Order> {
        let target: RequestTarget = "/api/v2/certificate/orders"
        return try await list(.init(.get, target.page(page, size: pageSize)), ["orders"], context)
    }

    /// GetOrder: an order with its certificates.
    func order(_ id: String, context: OperationContext) async throws(CertificateError) -> NCP.Order {
        try await record(.init(.get, "/api/v2/certificate/orders/\(id)"), "order with an orderId", context) {
            NCP.Order($0)
        }
    }

    // MARK: The account

    /// ListCertificateTypes: the types of certificates that can be ordered.
    func certificateTypes(
        context: OperationContext
    ) async throws(CertificateError) -> NCP.ListAnswer<NCP.CertificateType> {
        // The documentation spells it with a lower-case t.
        let spellings = ["certificatetype", "certificateType", "certificateTypes"]
        return try await list(.init(.get, "/api/v2/certificate/certificateTypes"), spellings, context)
    }

    /// ListOrganizations: the organizations that OV certificates can be issued to. A POST that reads.
    func organizations(
        context: OperationContext
    ) async throws(CertificateError) -> NCP.ListAnswer<NCP.Organization> {
        let call = HTTPCall(.post, "/api/v2/organization/getOrganizationInfoList", body: Array("{}".utf8))
        return try await list(call, "list of organizations", context) { body in
            NCP.Organization.rows(of: body).map { NCP.ListAnswer(body, rows: $0) }
        }
    }

    // MARK: Answers

    private func list<Row: NCPRow>(
        _ call: HTTPCall, _ names: [String], _ context: OperationContext
    ) async throws(CertificateError) -> NCP.ListAnswer<Row> {
        try await list(call, names[0], context) { NCP.ListAnswer($0, named: names) }
    }

    /// A list. "No certificate was found" is an empty one.
    private func list<Row: NCPRow>(
        _ call: HTTPCall, _ name: String, _ context: OperationContext, read: (JSONValue) -> NCP.ListAnswer<Row>?
    ) async throws(CertificateError) -> NCP.ListAnswer<Row> {
        let reply = try await reply(to: call, context)
        if let failure = reply.failure {
            guard failure.code == .notFound else { throw failure }
            return NCP.ListAnswer(reply.body, rows: [])
        }
        guard let list = read(reply.body) else {
            throw reply.answer.malformed("The answer holds no readable \(name).")
        }
        return list
    }

    /// A single record.
    private func record<Record>(
        _ call: HTTPCall, _ name: String, _ context: OperationContext, read: (JSONValue) -> Record?
    ) async throws(CertificateError) -> Record {
        let reply = try await reply(to: call, context)
        if let failure = reply.failure { throw failure }
        guard let record = read(reply.body) else {
            throw reply.answer.malformed("The answer holds no readable \(name).")
        }
        return record
    }

    /// A 2xx answer, and the failure that it may report all the same.
    private struct Reply {
        var answer: HTTPAnswer
        var body: JSONValue
        var failure: CertificateError?
    }

    private func reply(to call: HTTPCall, _ context: OperationContext) async throws(CertificateError) -> Reply {
        let answer = try await http.send(call, context: context)
        let body = try answer.json()
        return Reply(answer: answer, body: body, failure: NCPErrors.failure(in: body, of: answer, call.effect))
    }
}

extension RequestTarget {
    /// The target with the paging parameters of API v2; pages count from 1.
    fileprivate func page(_ page: Int, size: Int) -> RequestTarget {
        query("page", String(page)).query("pageSize", String(size))
    }
}
