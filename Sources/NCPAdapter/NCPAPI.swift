internal import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

/// The endpoints of Certificate Manager. Those that read are functions here: path, query, body, answer. Those that change
/// something are types in Wire (``NCPChange``), and are all sent by one function.
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

    /// ListAdvancedCertificates: the orders of Advanced DV and OV certificates, a page of them, or of those of one name.
    func paidCertificates(
        _ position: NCPListPosition, named name: String?, context: OperationContext
    ) async throws(CertificateError) -> NCP.ListAnswer<NCP.PaidOrder> {
        let target: RequestTarget = "/api/v2/certificate/getPaidCertificates"
        return try await list(.init(target.page(position).named(name)), ["orders"], context)
    }

    /// ListCertificates: certificates of every kind, a page of them, or of those of one name.
    func certificates(
        _ position: NCPListPosition, named name: String?, context: OperationContext
    ) async throws(CertificateError) -> NCP.ListAnswer<NCP.Certificate> {
        let target: RequestTarget = "/api/v2/certificate/certificates"
        return try await list(.init(target.page(position).named(name)), ["sslCertificateList"], context)
    }

    /// getCertificateList of API v1: every certificate at once, or those of one name. It has no pages.
    func externalCertificates(
        named name: String? = nil, context: OperationContext
    ) async throws(CertificateError) -> NCP.ListAnswer<NCP.ExternalCertificate> {
        let target: RequestTarget = "/api/v1/certificates"
        return try await list(.init(target.named(name)), ["sslCertificateList"], context)
    }

    /// ListRecentCertChanges: what changed its status within the last seconds, up to 604,800. It has no pages.
    ///
    /// Only `seconds` is sent: beside another window the service answers with no rows, and without an error.
    func recentChanges(
        seconds: Int64, context: OperationContext
    ) async throws(CertificateError) -> NCP.ListAnswer<NCP.RecentChange> {
        let target: RequestTarget = "/api/v2/certificate/recentChanges"
        return try await list(.init(target.query("seconds", String(seconds))), ["orders"], context)
    }

    /// GetCertificateChain: a certificate with those above it.
    func certificateChain(
        certificateNo: Int64, context: OperationContext
    ) async throws(CertificateError) -> NCP.CertificateChain {
        let target: RequestTarget = "/api/v2/certificate/exportCertificate/\(String(certificateNo))/chain"
        return try await record(.init(target), "certificate", context) { NCP.CertificateChain($0) }
    }

    /// ListDcvStatuses: how the control of a domain of a certificate is being proven.
    func verificationInfo(
        certificateNo: Int64, domainAddress: String, context: OperationContext
    ) async throws(CertificateError) -> NCP.VerificationInfo {
        let target: RequestTarget = "/api/v2/certificate/getVerificationInfo/\(String(certificateNo))"
        return try await record(
            .init(target.query("domainAddress", domainAddress)), "list of verifications", context
        ) { NCP.VerificationInfo($0) }
    }

    // MARK: Orders and the account

    /// GetOrder: an order with its certificates.
    func order(_ id: String, context: OperationContext) async throws(CertificateError) -> NCP.Order {
        try await record(.init("/api/v2/certificate/orders/\(id)"), "order with an orderId", context) { NCP.Order($0) }
    }

    /// ListCertificateTypes: the types of certificates that can be ordered.
    func certificateTypes(
        context: OperationContext
    ) async throws(CertificateError) -> NCP.ListAnswer<NCP.CertificateType> {
        // The documentation spells it with a lower-case t.
        let spellings = ["certificatetype", "certificateType", "certificateTypes"]
        return try await list(.init("/api/v2/certificate/certificateTypes"), spellings, context)
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

    // MARK: Changes

    /// Sends a request that changes something, once. Only an answer that says so is a success: with any other, nobody knows.
    @discardableResult
    func send(_ change: some NCPChange, context: OperationContext) async throws(CertificateError) -> JSONValue {
        let reply = try await reply(to: change.call, context)
        if let failure = reply.failure { throw failure }
        guard NCP.Envelope(reply.body).returnCode == NCPErrors.success else {
            throw reply.answer.malformed("The answer doesn't say whether the request was carried out.")
        }
        return reply.body
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
        // The documentation counts 204 among the successes; to a read it would say nothing.
        let isDone = call.effect == .mutation && answer.status == 204
        let body = isDone ? JSONValue(["returnCode": .string(NCPErrors.success)]) : try answer.json()
        return Reply(answer: answer, body: body, failure: NCPErrors.failure(in: body, of: answer, call.effect))
    }
}

extension RequestTarget {
    /// The target with the paging parameters of API v2; pages count from 1.
    fileprivate func page(_ position: NCPListPosition) -> RequestTarget {
        query("page", String(position.number)).query("pageSize", String(position.size))
    }

    /// The target that asks for what has that name, where there is one.
    fileprivate func named(_ name: String?) -> RequestTarget { name.map { query("certificateName", $0) } ?? self }
}
