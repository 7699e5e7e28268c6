internal import CertProtocol
internal import FoundationEssentials

/// An order that something was done to in this sandbox: what it was, and what has become of it since.
///
/// Orders that were placed here have one from the start; the samples and the generated ones get one at the first change.
struct DigiCertOrderRecord: DigiCertOrder {
    let base: any DigiCertOrder
    var status: String
    var isRenewed: Bool
    var changedAt: Date?
    /// The certificates that were asked for here, by id.
    var certificates: [Int64: DigiCertCertificate] = [:]
    /// The current certificate; `nil` where it is the base's, or there is none yet. A reissue becomes it.
    var primaryID: Int64?
    /// The reissues and duplicates that were asked for here.
    var reissueIDs: [Int64] = []
    var duplicateIDs: [Int64] = []
    /// The requests made here.
    var newRequests: [DigiCertRequest] = []
    /// What became of the base's own requests, by id.
    var decidedRequests: [Int64: String] = [:]
    /// The base's own certificates that were revoked.
    var revoked: Set<Int64> = []
    /// The value that proves the control of an order's domains, for products of domain validation.
    var token: DigiCertToken?
    var dcvMethod: String?
    /// The names of a domain-validated order whose control has been proven.
    var provenNames: Set<String> = []

    init(_ base: any DigiCertOrder) {
        self.base = base
        status = base.status
        isRenewed = base.isRenewed
    }

    /// The order as it was placed, where that was here.
    var placed: DigiCertPlacedOrder? { base as? DigiCertPlacedOrder }

    var id: Int64 { base.id }
    var productNameID: String { base.productNameID }
    var organizationID: Int64? { base.organizationID }
    var organization: DigiCertOrganization? { DigiCertOrganization.all.first { $0.id == organizationID } }
    var certificateID: Int64? { primary?.id ?? base.certificateID }
    var serialNumber: String? { primary.map { $0.issued?.serialNumber } ?? base.serialNumber }
    var thumbprint: String? { primary.map { $0.issued?.thumbprint } ?? base.thumbprint }
    var commonName: String? { primary?.form.commonName ?? base.commonName }
    var dnsNames: [String]? { primary?.form.dnsNames ?? base.dnsNames }
    var dateCreated: String { base.dateCreated }

    var validTill: String? {
        primary.map { $0.issued.map { CalendarDay($0.notAfter).description } } ?? base.validTill
    }

    var secondsSinceStatusChange: Int {
        changedAt.map { Int(max(0, SandboxDates.now - $0.timeIntervalSince1970)) } ?? base.secondsSinceStatusChange
    }

    /// Whether a certificate of it is valid.
    var hasCertificate: Bool { ["issued", "reissue_pending"].contains(status) }

    var primary: DigiCertCertificate? { primaryID.flatMap { certificates[$0] } }
    var newReissues: [DigiCertCertificate] { reissueIDs.compactMap { certificates[$0] } }
    var newDuplicates: [DigiCertCertificate] { duplicateIDs.compactMap { certificates[$0] } }

    // MARK: - Shapes

    var listRow: JSONNode {
        base.listRow.replacing(
            [("certificate", primary?.listed), ("order_valid_till", orderValidTill)] + changed
        )
    }

    var info: JSONNode {
        let requests = baseRequests + newRequests.map(\.brief)
        return base.info.replacing(
            [
                ("certificate", certificateDetail), ("requests", .array(requests)),
                ("order_valid_till", orderValidTill), ("dcv_method", dcvMethod.map(JSONNode.string)),
                (
                    "has_pending_request",
                    .when(placed != nil, .boolean(newRequests.contains { $0.status == "pending" }))
                ),
            ] + changed
        )
    }

    func duplicates(showingArchived: Bool) -> [JSONNode] {
        base.duplicates(showingArchived: showingArchived).map(withRevocation)
            + newDuplicates.map { $0.item(isReissue: false) }
    }

    var reissues: [JSONNode] { base.reissues.map(withRevocation) + newReissues.map { $0.item(isReissue: true) } }

    var certificateIDs: [Int64] { Set(base.certificateIDs).union(certificates.keys).sorted() }

    private var changed: [(String, JSONNode?)] {
        let duplicates = duplicates(showingArchived: false).count
        let reissues = reissues.count
        return [
            ("status", .string(status)), ("is_renewed", .when(isRenewed != base.isRenewed, .boolean(isRenewed))),
            ("has_duplicates", .when(!newDuplicates.isEmpty, true)),
            ("duplicates_count", .when(!newDuplicates.isEmpty, .integer(Int64(duplicates)))),
            ("has_reissues", .when(!newReissues.isEmpty, true)),
            ("reissues_count", .when(!newReissues.isEmpty, .integer(Int64(reissues)))),
        ]
    }

    private var orderValidTill: JSONNode? {
        .when(
            status != "pending" && status != "needs_approval",
            placed.map { .string(SandboxDates.day($0.period.lastDay)) })
    }

    private var certificateDetail: JSONNode? {
        if let primary { return primary.detail(organization: organization, showsStatus: !newReissues.isEmpty) }
        guard let id = base.certificateID, revoked.contains(id), let certificate = JSONValue(base.info)["certificate"]
        else { return nil }
        return JSONNode.raw(certificate).replacing([("status", "revoked")])
    }

    private var baseRequests: [JSONNode] {
        (JSONValue(base.info).array("requests") ?? []).map { request in
            let status = request.integer("id").flatMap { decidedRequests[$0] }
            return JSONNode.raw(request).replacing([("status", status.map(JSONNode.string))])
        }
    }

    private func withRevocation(_ item: JSONNode) -> JSONNode {
        guard !revoked.isEmpty, let id = JSONValue(item).integer("id"), revoked.contains(id) else { return item }
        return item.replacing([("status", "revoked")])
    }
}
