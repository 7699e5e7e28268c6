internal import CertProtocol
internal import HTTPTypes
internal import Hummingbird

/// The half of the Services API v2 that changes something, and what goes with it: requests, domains, alternative ids.
struct DigiCertOrderingRoutes: Sendable {
    let ledger: DigiCertLedger

    func add(to group: RouterGroup<SandboxContext>) {
        addOrders(to: group)
        addRevocations(to: group)
        addRequests(to: group)
        addValidations(to: group)
    }

    // MARK: - Orders

    private func addOrders(to group: RouterGroup<SandboxContext>) {
        // The last part is a product here; a router wants one name for one place.
        group.on(.post, "order/certificate/:order") { call in
            let answer = try ledger.change { try $0.place(call["order"], call.body, now: call.now) }
            return .json(answer, status: .created)
        }
        group.on(.post, "order/certificate/:order/reissue") { call in
            let answer = try ledger.change { try $0.reissue(call["order"], call.body, now: call.now) }
            return .json(answer, status: .created)
        }
        group.on(.post, "order/certificate/:order/duplicate") { call in
            let answer = try ledger.change { try $0.duplicate(call["order"], call.body, now: call.now) }
            return .json(answer, status: .created)
        }
        group.get("order/alternate/:alternative") { query, parameters in
            let id = parameters.get("alternative") ?? ""
            let orders = try ledger.read { book in
                book.records.values.filter { $0.placed?.alternativeOrderID == id }.sorted { $0.id < $1.id }
            }
            return try DigiCertPage.answer("orders", query, count: orders.count) { position in
                .record([
                    ("order_id", .integer(orders[position].id)),
                    ("certificate_id", orders[position].certificateID.map(JSONNode.integer)),
                    ("status", .string(orders[position].status)),
                ])
            }
        }
    }

    // MARK: - Ending

    private func addRevocations(to group: RouterGroup<SandboxContext>) {
        group.on(.put, "certificate/:certificate/revoke") { call in
            Self.revoked(
                try ledger.change { try $0.revokeCertificate(call["certificate"], call.body, now: call.now) }
            )
        }
        group.on(.put, "order/certificate/:order/revoke") { call in
            Self.revoked(try ledger.change { try $0.revokeOrder(call["order"], call.body, now: call.now) })
        }
        group.on(.put, "order/certificate/:order/status") { call in
            try ledger.change { try $0.updateStatus(call["order"], call.body, now: call.now) }
            return .done
        }
    }

    /// A request that waits is 201; a revocation that was carried out at once has nothing to show.
    private static func revoked(_ request: JSONNode?) -> Answer {
        request.map { .json($0, status: .created) } ?? .done
    }

    // MARK: - Requests

    private func addRequests(to group: RouterGroup<SandboxContext>) {
        group.get("request") { query, _ in
            let filters = query.filters
            if let name = filters.keys.first(where: { !["status", "type", "search"].contains($0) }) {
                throw DigiCertAnswers.badRequest("There is no filter \(name).")
            }
            let requests = try ledger.read { book in
                book.requests { request in
                    (filters["status"]?.contains(request.string("status") ?? "") ?? true)
                        && (filters["type"]?.contains(request.string("type") ?? "") ?? true)
                        && (filters["search"]?.contains(Self.commonName(of: request)) ?? true)
                }
            }
            return try DigiCertPage.answer("requests", query, count: requests.count) { requests[$0] }
        }
        group.get("request/:request") { _, parameters in
            .json(try ledger.read { try $0.requestInfo(parameters.get("request") ?? "") })
        }
        group.on(.put, "request/:request/status") { call in
            try ledger.change { try $0.decide(call["request"], call.body, now: call.now) }
            return .done
        }
    }

    private static func commonName(of request: JSONValue) -> String {
        request.object("order")?.object("certificate")?.string("common_name") ?? ""
    }

    // MARK: - Domains

    private func addValidations(to group: RouterGroup<SandboxContext>) {
        group.on(.put, "order/certificate/:order/check-dcv") { call in
            .json(try ledger.change { try $0.checkOrder(call["order"], now: call.now) })
        }
        group.on(.put, "order/certificate/:order/dcv-method") { call in
            .json(try ledger.change { try $0.setMethod(call["order"], call.body, now: call.now) })
        }
        group.on(.put, "order/certificate/:order/dcv-random-value") { call in
            .json(try ledger.change { try $0.randomValue(call["order"], now: call.now) })
        }
        group.get("domain") { query, _ in
            let search = query.filters["search"]
            let domains = try ledger.read { book in
                book.domains.filter { search?.contains($0.name) ?? true }
            }
            return try DigiCertPage.answer("domains", query, count: domains.count) {
                domains[$0].json(includesToken: false)
            }
        }
        group.get("domain/:domain") { query, parameters in
            let includesToken = ["true", "1"].contains(query["include_dcv"])
            return .json(
                try ledger.read { book in
                    book.domains[try book.domain(parameters.get("domain") ?? "")].json(includesToken: includesToken)
                })
        }
        group.on(.put, "domain/:domain/dcv/method") { call in
            .json(try ledger.change { try $0.setDomainMethod(call["domain"], call.body, now: call.now) })
        }
        group.on(.put, "domain/:domain/dcv/validate-token") { call in
            .json(try ledger.change { try $0.checkDomain(call["domain"], now: call.now) })
        }
    }
}

extension Answer {
    /// Status 204, which has no body.
    fileprivate static let done = Answer(status: .noContent, body: .empty)
}
