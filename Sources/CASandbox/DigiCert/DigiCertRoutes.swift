internal import CertProtocol
internal import HTTPTypes
internal import Hummingbird

/// The reading half of DigiCert's Services API v2.
struct DigiCertRoutes: Sendable {
    let estate: DigiCertEstate

    func add(to group: RouterGroup<SandboxContext>) {
        group.get("order/certificate") { query, _ in try listOrders(query) }
        group.get("order/certificate/status-changes") { query, _ in try statusChanges(query) }
        group.get("order/certificate/:order") { _, parameters in
            guard let order = estate.order(matching: parameters.get("order") ?? "") else {
                throw DigiCertAnswers.unknownOrder
            }
            return .json(order.info)
        }
        group.get("order/certificate/:order/duplicate") { query, parameters in
            let showsArchived = ["true", "1"].contains(query["show_archived"]?.lowercased())
            return try copies(of: parameters) { $0.duplicates(showingArchived: showsArchived) }
        }
        group.get("order/certificate/:order/reissue") { _, parameters in
            try copies(of: parameters) { $0.reissues }
        }
        group.get("account/subaccount/order") { query, _ in
            let orders = estate.subaccountOrders
            return try page("orders", query, count: orders.count) { orders.row($0) }
        }
        group.get("product") { _, _ in .json(["products": .array(DigiCertProduct.all.map(\.listed))]) }
        group.get("organization") { query, _ in
            let statuses = query.filters["status"]
            let organizations = DigiCertOrganization.all.filter { statuses?.contains($0.status) ?? true }
            return try page("organizations", query, count: organizations.count) { organizations[$0].listed }
        }
        group.get("user/me") { _, _ in .json(Self.currentUser) }
    }

    // MARK: - Orders

    private func listOrders(_ query: QueryItems) throws -> Answer {
        let filter = try DigiCertOrderFilter(query.filters, today: estate.today)
        guard !filter.isEmpty else {
            return try page("orders", query, count: estate.count) { estate.order(at: $0).listRow }
        }
        // The total has to be known, so that the whole estate is looked at; what is kept is one position a match.
        let matches = (0..<estate.count).filter { filter.matches(estate.order(at: $0)) }
        return try page("orders", query, count: matches.count) {
            estate.order(at: matches[$0]).listRow
        }
    }

    private func copies(
        of parameters: Parameters,
        _ items: (any DigiCertOrder) -> [JSONNode]
    ) throws -> Answer {
        guard let order = estate.order(id: parameters.get("order") ?? "") else {
            throw DigiCertAnswers.unknownOrder
        }
        return .json(["certificates": .array(items(order))])
    }

    private func statusChanges(_ query: QueryItems) throws -> Answer {
        let window = try DigiCertChangeWindow(query, now: SandboxDates.now)
        let changed = (0..<estate.count).filter {
            window.contains(secondsAgo: estate.order(at: $0).secondsSinceStatusChange)
        }
        // Documented: an empty object when nothing changed.
        guard !changed.isEmpty else { return .json([:]) }
        let rows = ListBody(
            name: "orders",
            count: changed.count,
            row: { position in
                let order = estate.order(at: changed[position])
                return .record([
                    ("order_id", .integer(order.id)),
                    ("certificate_id", order.certificateID.map(JSONNode.integer)),
                    ("status", .string(order.status)),
                ])
            }
        )
        return Answer(body: .list(rows))
    }

    // MARK: - Pages

    /// One page by `offset`, `limit` and `sort`: the limit that was applied is echoed, and a page without rows has no
    /// array at all.
    private func page(
        _ name: String,
        _ query: QueryItems,
        count everything: Int,
        row: @escaping @Sendable (Int) -> JSONNode
    ) throws -> Answer {
        let conditions = SandboxConditions.current
        let missing = min(conditions.missingRows, everything)
        let count = everything - missing
        let maximum = conditions.largestPage ?? Self.maximumLimit
        let asked = try number("limit", in: query) ?? maximum
        let limit = asked == 0 ? maximum : min(asked, maximum)
        let offset = conditions.ignoresPosition ? 0 : try number("offset", in: query) ?? 0
        let isDescending = try isDescending(query["sort"])
        let paging: JSONNode = [
            "total": .integer(Int64(count)), "limit": .integer(Int64(limit)), "offset": .integer(Int64(offset)),
        ]
        let start = min(offset, count)
        let rows = min(limit, count - start)
        guard rows > 0 else { return .json(["page": paging]) }
        let list = ListBody(
            name: name,
            count: rows,
            row: { row(missing + (isDescending ? count - 1 - start - $0 : start + $0)) },
            tail: [("page", paging)]
        )
        return Answer(body: .list(list))
    }

    /// `limit` is at most this, and this where it isn't given ("Services API", "Pagination").
    private static let maximumLimit = 1000

    private func number(_ name: String, in query: QueryItems) throws -> Int? {
        guard let text = query[name] else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw DigiCertAnswers.badRequest("\(name) must be a whole number.")
        }
        return number
    }

    /// Orders were created in the order of their ids, so that both fields sort alike. The first field decides.
    private func isDescending(_ sort: String?) throws -> Bool {
        guard let field = sort?.split(separator: ",").first else { return false }
        guard ["id", "order_id", "date_created", "name"].contains(field.drop { $0 == "-" }) else {
            throw DigiCertAnswers.badRequest("Sorting by \(field) isn't possible.")
        }
        return field.hasPrefix("-")
    }

    private static let currentUser: JSONNode = [
        "id": .integer(DigiCertAccount.userID), "username": "john.smith", "account_id": 112_200,
        "first_name": "John", "last_name": "Smith", "email": .string(DigiCertAccount.email),
        "job_title": "Certificate Manager", "telephone": "000-000-0000", "status": "active",
        "last_login_date": "2026-01-02 03:04:05", "container": DigiCertAccount.container,
        "access_roles": [["id": 1, "name": "Administrator"]], "is_cert_central": true, "is_enterprise": false,
        "is_saml_sso_only": false, "type": "standard", "has_container_assignments": false,
        "container_visibility": [DigiCertAccount.container],
    ]
}
