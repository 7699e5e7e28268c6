internal import CertProtocol
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird

/// The reading half of NAVER Cloud Platform Certificate Manager, API 1.0 and 2.0.
struct NCPRoutes: Sendable {
    let ledger: NCPLedger

    /// API 2.0 is the public zone's alone.
    private var book: NCPBook { ledger.book(.public) }

    func add(to group: RouterGroup<SandboxContext>) {
        group.on("v1/certificates", method: .get) { request, _ -> Response in
            externalCertificates(QueryItems(request.head.path ?? ""), NCPSignatureCheck.zone(of: request)).response
        }
        let certificates = group.group("v2/certificate")
        certificates.get("certificateTypes") { query, _ in
            try page("certificatetype", query, count: NCPAccountRecords.certificateTypes.count) {
                NCPAccountRecords.certificateTypes[$0]
            }
        }
        certificates.get("certificates") { query, _ in
            let book = book
            return try certificatePage(query, book, count: book.certificateCount, at: book.certificate(at:))
        }
        certificates.get("getCertificates") { query, _ in
            let book = book
            return try certificatePage(query, book, count: book.cloudCertificateCount, at: book.cloudCertificate(at:))
        }
        certificates.get("getPaidCertificates") { query, _ in try paidCertificates(query) }
        certificates.get("orders") { query, _ in
            let book = book
            return try page("orders", query, count: book.orderCount) {
                .object(book.order(at: $0).subscription(today: book.estate.today))
            }
        }
        certificates.get("orders/:order") { _, parameters in try order(parameters.get("order") ?? "") }
        certificates.get("recentChanges") { query, _ in try recentChanges(query) }
        group.on("v2/organization/getOrganizationInfoList", method: .post) { request, _ -> Response in
            try await organizations(request).response
        }
    }

    // MARK: - Answers

    private static func success(_ members: [(String, JSONNode)]) -> Answer {
        .json(.object(NCPAnswers.success + members))
    }

    /// API 1.0 knows no pages.
    private func externalCertificates(_ query: QueryItems, _ zone: NCPZone) -> Answer {
        let shown = ledger.book(zone).externalItems.map { JSONValue($0) }.filter { certificate in
            ["certificateName", "certificateNo"].allSatisfy { name in
                query[name].map { $0 == certificate.string(name) } ?? true
            } && query["instanceNo"] == nil
        }
        return Self.success([
            ("totalRows", .integer(Int64(shown.count))), ("sslCertificateList", .array(shown.map { .raw($0) })),
        ])
    }

    private func certificatePage(
        _ query: QueryItems,
        _ book: NCPBook,
        count: Int,
        at certificate: @escaping @Sendable (Int) -> NCPCertificate
    ) throws -> Answer {
        guard let name = query["certificateName"] else {
            return try page("sslCertificateList", query, count: count) {
                certificate($0).item(today: book.estate.today)
            }
        }
        let matches = (0..<count).filter { certificate($0).name == name }
        return try page("sslCertificateList", query, count: matches.count) {
            certificate(matches[$0]).item(today: book.estate.today)
        }
    }

    /// Pages and the total count orders here: the documentation leaves open which of the two it means.
    private func paidCertificates(_ query: QueryItems) throws -> Answer {
        let book = book
        guard let name = query["certificateName"] else {
            return try page("orders", query, count: book.orderCount) {
                book.order(at: $0).paidItem(today: book.estate.today)
            }
        }
        let matches = (0..<book.orderCount).filter { position in
            book.order(at: position).certificates.contains { $0.name == name }
        }
        return try page("orders", query, count: matches.count) {
            book.order(at: matches[$0]).paidItem(today: book.estate.today)
        }
    }

    private func order(_ id: String) throws -> Answer {
        let book = book
        guard let order = book.order(id: id) else { throw NCPAnswers.noOrder }
        let certificates = order.certificates.map { $0.item(today: book.estate.today) }
        return Self.success(
            order.subscription(today: book.estate.today) + [
                ("totalCount", .integer(Int64(certificates.count))), ("certificates", .array(certificates)),
            ]
        )
    }

    /// Minutes and seconds together are answered with no rows and no error, as the service was seen to do.
    private func recentChanges(_ query: QueryItems) throws -> Answer {
        let book = book
        let window = try NCPChangeWindow(query, now: SandboxDates.now)
        let changed = (0..<book.certificateCount).filter {
            window.contains(secondsAgo: book.certificate(at: $0).secondsSinceChange)
        }
        let list = ListBody(
            head: NCPAnswers.success + [("totalCount", .integer(Int64(changed.count)))],
            name: "orders",
            count: changed.count,
            row: { position in
                let certificate = book.certificate(at: changed[position])
                return [
                    "orderId": .optional(certificate.orderID), "certificateId": .integer(certificate.number),
                    "status": .string(certificate.status.name),
                ]
            }
        )
        return Answer(body: .list(list))
    }

    /// A JSON body must be there, `{}` at least; its members filter.
    private func organizations(_ request: Request) async throws -> Answer {
        guard let buffer = try? await request.body.collect(upTo: 65_536) else {
            throw NCPAnswers.gateway(
                status: .contentTooLarge,
                code: "430",
                message: "Request Entity Too Large",
                details: "The body is too large."
            )
        }
        guard let filters = try? JSONValue(parsing: Array(buffer.readableBytesView)), filters.kind == .object else {
            throw NCPAnswers.invalidInput("The body must be a JSON object.")
        }
        let shown = NCPAccountRecords.organizations.map { JSONValue($0) }.filter { organization in
            filters.members.allSatisfy { organization.string($0.name) == $0.value.lenientString }
        }
        return Self.success([
            ("totalRows", .integer(Int64(shown.count))), ("organizationInfoList", .array(shown.map { .raw($0) })),
        ])
    }

    // MARK: - Pages

    /// One page by `page`, from 1, and `pageSize`, where 0 or none means everything. A page beyond the end is an empty
    /// array.
    private func page(
        _ name: String,
        _ query: QueryItems,
        count everything: Int,
        row: @escaping @Sendable (Int) -> JSONNode
    ) throws -> Answer {
        let page = try number("page", in: query, least: 1) ?? 1
        let size = try number("pageSize", in: query, least: 0)
        // Every number here is at most 2^31, so that the product fits.
        let part = ListPart(of: everything, limit: size == 0 ? nil : size) { (page - 1) * $0 }
        let list = ListBody(
            head: NCPAnswers.success + [("totalCount", .integer(Int64(part.total)))],
            name: name,
            count: part.count,
            row: { row(part.position($0)) }
        )
        return Answer(body: .list(list))
    }

    private func number(_ name: String, in query: QueryItems, least: Int) throws -> Int? {
        guard let text = query[name] else { return nil }
        guard let number = Int32(text), number >= least else {
            throw NCPAnswers.invalidInput("\(name) must be a whole number from \(least) on.")
        }
        return Int(number)
    }
}
