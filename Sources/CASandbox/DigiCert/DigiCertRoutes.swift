internal import CertProtocol
internal import HTTPTypes
internal import Hummingbird

/// The reading half of DigiCert's Services API v2; ``DigiCertOrderingRoutes`` is the other.
struct DigiCertRoutes: Sendable {
    let ledger: DigiCertLedger

    private var estate: DigiCertEstate { ledger.estate }

    func add(to group: RouterGroup<SandboxContext>) {
        group.get("order/certificate") { query, _ in try listOrders(query) }
        group.get("order/certificate/status-changes") { query, _ in try statusChanges(query) }
        group.get("order/certificate/:order") { _, parameters in
            guard let order = ledger.order(matching: parameters.get("order") ?? "") else {
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
            return try DigiCertPage.answer("orders", query, count: orders.count) { orders.row($0) }
        }
        group.get("product") { _, _ in .json(["products": .array(DigiCertProduct.all.map(\.listed))]) }
        group.get("organization") { query, _ in
            let statuses = query.filters["status"]
            let organizations = DigiCertOrganization.all.filter { statuses?.contains($0.status) ?? true }
            return try DigiCertPage.answer("organizations", query, count: organizations.count) {
                organizations[$0].listed
            }
        }
        group.get("user/me") { _, _ in .json(Self.currentUser) }
    }

    // MARK: - Orders

    private func listOrders(_ query: QueryItems) throws -> Answer {
        let filter = try DigiCertOrderFilter(query.filters, today: estate.today)
        guard !filter.isEmpty else {
            return try DigiCertPage.answer("orders", query, count: ledger.count) { ledger.order(at: $0).listRow }
        }
        // The total has to be known, so that the whole estate is looked at; what is kept is one position a match.
        let matches = (0..<ledger.count).filter { filter.matches(ledger.order(at: $0)) }
        return try DigiCertPage.answer("orders", query, count: matches.count) {
            ledger.order(at: matches[$0]).listRow
        }
    }

    private func copies(
        of parameters: Parameters,
        _ items: (any DigiCertOrder) -> [JSONNode]
    ) throws -> Answer {
        guard let order = ledger.order(id: parameters.get("order") ?? "") else {
            throw DigiCertAnswers.unknownOrder
        }
        return .json(["certificates": .array(items(order))])
    }

    private func statusChanges(_ query: QueryItems) throws -> Answer {
        let window = try DigiCertChangeWindow(query, now: SandboxDates.now)
        let changed = (0..<ledger.count).filter {
            window.contains(secondsAgo: ledger.order(at: $0).secondsSinceStatusChange)
        }
        // Documented: an empty object when nothing changed.
        guard !changed.isEmpty else { return .json([:]) }
        let rows = ListBody(
            name: "orders",
            count: changed.count,
            row: { position in
                let order = ledger.order(at: changed[position])
                return .record([
                    ("order_id", .integer(order.id)),
                    ("certificate_id", order.certificateID.map(JSONNode.integer)),
                    ("status", .string(order.status)),
                ])
            }
        )
        return Answer(body: .list(rows))
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
