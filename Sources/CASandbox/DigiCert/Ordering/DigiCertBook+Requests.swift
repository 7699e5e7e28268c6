internal import CertProtocol
internal import FoundationEssentials

/// Requests that wait for a person.
extension DigiCertBook {
    /// `PUT /request/{request_id}/status` ("Update request status").
    mutating func decide(_ text: String, _ body: JSONValue, now: Date) throws {
        var (record, id) = try record(ofRequest: text)
        guard let decision = body.string("status"), ["approved", "rejected"].contains(decision) else {
            throw DigiCertAnswers.badRequest("status must be approved or rejected.")
        }
        guard record.requestStatus(id) == "pending" else {
            throw DigiCertAnswers.badRequest("The request has been processed already.")
        }
        let names = [record.commonName].compactMap(\.self) + (record.dnsNames ?? [])
        guard !DigiCertNameRules.needOtherApprover(names) else {
            throw DigiCertAnswers.invalidApprover
        }
        if let index = record.newRequests.firstIndex(where: { $0.id == id }) {
            record.newRequests[index].status = decision
            record.newRequests[index].processorComment = body.string("processor_comment")
            record.newRequests[index].processedAt = now
            try carryOut(record.newRequests[index], of: &record, now: now)
        } else {
            // Nobody can sign the made-up request of a sample.
            record.decidedRequests[id] = decision
            record.status = record.hasCertificate ? "issued" : decision == "approved" ? "pending" : "rejected"
        }
        record.changedAt = now
        records[record.id] = record
    }

    private mutating func carryOut(
        _ request: DigiCertRequest, of record: inout DigiCertOrderRecord, now: Date
    ) throws {
        let isApproved = request.status == "approved"
        switch request.subject {
        case .newOrder where isApproved:
            guard let form = record.placed?.form, let end = record.orderLastDay else { return }
            record.status = "pending"
            let lastDay = try form.lastDay(from: SandboxDates.today, orderLastDay: end)
            record.primaryID = addCertificate(to: &record, form, lastDay: lastDay, request: nil, now: now)
        case .newOrder: record.status = "rejected"
        case .revocation(let revocation) where isApproved: record.apply(revocation, now: now)
        case .revocation: break
        case .reissue(let id) where !isApproved:
            record.status = "issued"
            record.certificates[id]?.status = "rejected"
        case .duplicate(let id) where !isApproved: record.certificates[id]?.status = "rejected"
        case .reissue, .duplicate: break
        }
        try advance(&record, now: now)
    }

    /// The orders with requests that the list of requests shows: the documentation's sample, generated ones that wait, and
    /// all that something was asked of here.
    func requests(where matches: (JSONValue) -> Bool) -> [JSONNode] {
        var shown: [JSONNode] = []
        for order in estate.ordersWithRequests where records[order.id] == nil {
            shown += (JSONValue(order.info).array("requests") ?? []).filter { $0.string("status") == "pending" }
                .map { Self.listed($0, in: order) }
        }
        for record in records.values.sorted(by: { $0.id < $1.id }) {
            let own = JSONValue(record.info).array("requests") ?? []
            let made = Set(record.newRequests.map(\.id))
            shown += own.filter { record.base.waitsForDecision || made.contains($0.integer("id") ?? 0) }
                .map { Self.listed($0, in: record) }
        }
        return shown.filter { matches(JSONValue($0)) }
    }

    /// `GET /request/{request_id}`.
    func requestInfo(_ text: String) throws -> JSONNode {
        let (record, id) = try record(ofRequest: text)
        if let request = record.newRequests.first(where: { $0.id == id }) { return request.info(in: record) }
        let own = JSONValue(record.info).array("requests") ?? []
        guard let request = own.first(where: { $0.integer("id") == id }) else { throw DigiCertAnswers.unknownOrder }
        return Self.listed(request, in: record).replacing([("order", record.info)])
    }

    /// A request of an order as the list shows it.
    private static func listed(_ request: JSONValue, in order: any DigiCertOrder) -> JSONNode {
        if let record = order as? DigiCertOrderRecord,
            let own = record.newRequests.first(where: { $0.id == request.integer("id") })
        {
            return own.listed(in: order)
        }
        return JSONNode.raw(request).replacing([
            ("requester", DigiCertAccount.user), ("order", DigiCertRequest.brief(order)),
        ])
    }
}

extension DigiCertOrderRecord {
    fileprivate func requestStatus(_ id: Int64) -> String? {
        if let own = newRequests.first(where: { $0.id == id }) { return own.status }
        let requests = JSONValue(info).array("requests") ?? []
        return requests.first { $0.integer("id") == id }?.string("status")
    }
}
