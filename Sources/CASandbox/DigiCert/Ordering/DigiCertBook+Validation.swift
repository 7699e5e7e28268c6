internal import CertProtocol
internal import FoundationEssentials

/// Proving the control of domains.
extension DigiCertBook {
    /// `PUT /order/certificate/{order_id}/check-dcv` ("DV SSL: Check DCV"). What was to be published is found, unless a name
    /// says otherwise.
    mutating func checkOrder(_ text: String, now: Date) throws -> JSONNode {
        var record = try record(text)
        let names = record.namesToProve
        guard record.isDomainValidated, !names.isEmpty else {
            throw DigiCertAnswers.badRequest(
                "The order has no domain control validation of its own that could be checked.")
        }
        let found = names.filter { !DigiCertNameRules.areUnpublished($0) }
        if found.count < names.count, record.dcvMethod == "http-token" {
            throw DigiCertAnswers.badRequest(
                "The random value was not found in the file.", code: "file_random_value_not_found"
            )
        }
        record.provenNames.formUnion(found)
        try advance(&record, now: now)
        records[record.id] = record
        let isProven = record.provenNames.isSuperset(of: names)
        return .record([
            ("order_status", .string(record.status)), ("certificate_id", record.certificateID.map(JSONNode.integer)),
            ("dcv_status", isProven ? "valid" : "pending"),
            (
                "dns_name_validations",
                .array(
                    names.map {
                        [
                            "dns_name": .string($0),
                            "status": .string(record.provenNames.contains($0) ? "approved" : "pending"),
                        ]
                    })
            ),
        ])
    }

    /// `PUT /order/certificate/{order_id}/dcv-method`.
    ///
    /// - Returns: the new value; empty for a method without one.
    mutating func setMethod(_ text: String, _ body: JSONValue, now: Date) throws -> JSONNode {
        var record = try pendingRecord(text)
        let method = body.string("dcv_method") ?? ""
        try Self.check(method, for: record.namesToProve)
        record.dcvMethod = method
        let token = DigiCertToken(now: now)
        record.token = token
        records[record.id] = record
        return method == "email" ? [:] : token.json
    }

    /// `PUT /order/certificate/{order_id}/dcv-random-value`: the current value where it can still be used.
    mutating func randomValue(_ text: String, now: Date) throws -> JSONNode {
        var record = try pendingRecord(text)
        let current = record.token.flatMap { $0.expires > now ? $0 : nil }
        let token = current ?? DigiCertToken(now: now)
        record.token = token
        records[record.id] = record
        return token.json
    }

    // MARK: - Domains of the account

    /// `GET /domain/{domain_id}`.
    ///
    /// - Throws: `not_found|domain`.
    func domain(_ text: String) throws -> Int {
        guard let id = Int64(text), let index = domains.firstIndex(where: { $0.id == id }) else {
            throw DigiCertAnswers.unknown("domain")
        }
        return index
    }

    /// `PUT /domain/{domain_id}/dcv/method`.
    mutating func setDomainMethod(_ text: String, _ body: JSONValue, now: Date) throws -> JSONNode {
        let index = try domain(text)
        let method = body.string("dcv_method") ?? ""
        try Self.check(method, for: [])
        domains[index].method = method
        domains[index].token = DigiCertToken(now: now)
        return domains[index].json(includesToken: true)
    }

    /// `PUT /domain/{domain_id}/dcv/validate-token`. Orders that waited for the domain are issued.
    mutating func checkDomain(_ text: String, now: Date) throws -> JSONNode {
        let index = try domain(text)
        guard !DigiCertNameRules.areUnpublished(domains[index].name) else {
            guard domains[index].method == "http-token" else {
                throw DigiCertAnswers.badRequest("The DNS record was not found.", code: "invalid_dns_txt")
            }
            throw DigiCertAnswers.badRequest(
                "The random value was not found in the file.", code: "file_random_value_not_found"
            )
        }
        domains[index].isValidated = true
        for id in records.keys.sorted() {
            guard var record = records[id], ["pending", "reissue_pending", "issued"].contains(record.status) else {
                continue
            }
            try advance(&record, now: now)
            records[id] = record
        }
        return domains[index].json(includesToken: true)
    }

    private func pendingRecord(_ text: String) throws -> DigiCertOrderRecord {
        let record = try record(text)
        guard record.isDomainValidated, !record.namesToProve.isEmpty else {
            throw DigiCertAnswers.badRequest("The order is not waiting for domain control validation.")
        }
        return record
    }
}

extension DigiCertOrderRecord {
    /// The names of certificates that nothing was made for yet.
    fileprivate var namesToProve: [String] {
        var seen: Set<String> = []
        return certificates.keys.sorted().compactMap { certificates[$0] }.filter { $0.status == "pending" }
            .flatMap(\.form.names).filter { seen.insert($0).inserted }
    }
}
