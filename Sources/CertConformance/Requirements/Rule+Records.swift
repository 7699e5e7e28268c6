internal import CertProtocol

/// Nothing of what an authority sends is lost or guessed.
extension Rule {
    static let records: [Rule] = [
        Rule(
            "records.identity", "each record names its provider and its own id",
            "A record is known by the pair of both, written `digicert-prod/123456`.", .reads
        ) { trial in try await trial.eachRead { try trial.checkIdentity($0) } },
        Rule(
            "records.raw", "each record holds what the authority sent",
            "A field that nobody documented survives in `raw` alone.", .reads
        ) { trial in
            try await trial.eachRead { row in
                guard row.raw.kind == .object, row.raw.members.contains(where: { _ in true }) else {
                    throw Finding(
                        "The record \(row.id ?? "without an id") has the raw value \(row.raw.text.prefix(40)). Keep the "
                            + "authority's JSON object in `raw`; where it sends none, make one of what it sent."
                    )
                }
            }
        },
        Rule(
            "records.unknown-status", "a status that nobody knows is kept as `unknown`",
            "Authorities add values without notice. As an error it would break a listing; guessed it would mislead.",
            .disturbs
        ) { trial in
            let rows = try await trial.with(.unknownStatus) { try await trial.statusRows(at: $0) }
            guard let row = rows.first(where: { if case .unknown = $0.status { true } else { false } }) else {
                throw Finding(
                    "The authority sent a status that nobody knows, and the records say "
                        + "\(Set(rows.compactMap { $0.status?.name }).sorted()). Map what isn't known to `.unknown(_:)`."
                )
            }
            guard case .unknown(let text) = row.status, !text.isEmpty, row.providerStatus?.isEmpty == false else {
                throw Finding(
                    "An unknown status was not kept: `status` is \(row.status.map { "\($0)" } ?? "nil"), `providerStatus` is "
                        + "\(row.providerStatus ?? "nil"). Put the authority's word into both."
                )
            }
        },
        Rule(
            "records.unknown-fields", "a field that nobody knows stands in `raw`",
            "Promise 1: nothing is lost.", .disturbs
        ) { trial in
            let usual = try await trial.statusRows(at: trial.provider).first.map { $0.raw.memberNames } ?? []
            let rows = try await trial.with(.unknownFields) { try await trial.statusRows(at: $0) }
            guard let row = rows.first, !row.raw.memberNames.subtracting(usual).isEmpty else {
                throw Finding(
                    "The authority sent a field that nobody knows, and `raw` has none that it didn't have before. Keep the "
                        + "JSON as it was sent, rather than encoding your own type."
                )
            }
        },
    ]
}

extension JSONValue {
    /// The names of all members, however deep.
    fileprivate var memberNames: Set<String> {
        switch kind {
        case .object: members.reduce(into: []) { $0.formUnion($1.value.memberNames.union([$1.name])) }
        case .array: elements.reduce(into: []) { $0.formUnion($1.memberNames) }
        default: []
        }
    }
}

extension Trial {
    /// The records of each declared read.
    fileprivate func eachRead(_ body: (ListedRow) throws -> Void) async throws {
        let reads = declaredLists + (capabilities.operations.contains(.orderDetail) ? [.orderDetail] : [])
        try await each(reads, orElse: "The provider declares nothing that reads records.", \.rawValue) { capability in
            for row in try await rows(of: capability, at: provider) { try body(row) }
        }
    }

    /// What one read shows.
    private func rows(of capability: Capability, at provider: any CertificateProvider) async throws -> [ListedRow] {
        guard capability == .orderDetail else {
            let list = try await list(capability)
            return try await read(capability.rawValue) { () throws(CertificateError) in
                try await list.read(provider, nil, nil, context()).rows
            }
        }
        guard let known = try await knownOrders().first else { return [] }
        let order = try await read("order-detail") { () throws(CertificateError) in
            try await provider.orderDetail(OrderDetailRequest(known), context: context())
        }
        return [ListedRow(order, key: 0)] + order.certificates.map { ListedRow($0, key: 0) }
    }

    /// Records with a status, of the first read that is declared.
    fileprivate func statusRows(at provider: any CertificateProvider) async throws -> [ListedRow] {
        let reads: [Capability] = [.listCertificates, .orderDetail, .listChanges]
        guard let capability = reads.first(where: capabilities.operations.contains) else {
            throw NotApplicable(reason: "The provider declares nothing that reads records with a status.")
        }
        return try await rows(of: capability, at: provider)
    }

    fileprivate func checkIdentity(_ row: ListedRow) throws {
        guard row.provider == authority.providerID else {
            throw Finding(
                "A record names the provider \"\(row.provider)\". Set it to the id of the `AdapterContext`, "
                    + "\"\(authority.providerID)\"."
            )
        }
        guard row.id?.isEmpty == false else {
            throw Finding(
                "A record has no id: \(row.raw.text.prefix(200)). A row without one belongs into `Page.problems`."
            )
        }
    }
}
