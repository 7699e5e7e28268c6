internal import CertProtocol
internal import FoundationEssentials

/// Revoking and cancelling.
extension DigiCertBook {
    /// The reasons that a revocation may give ("Revoke certificate", TLS).
    private static let reasons = [
        "unspecified", "keyCompromise", "affiliationChanged", "superseded", "cessationOfOperation",
    ]

    /// `PUT /certificate/{certificate_id}/revoke`: one certificate, by its id or serial number.
    ///
    /// - Returns: the request that waits for approval; `nil` where the approval was skipped.
    mutating func revokeCertificate(_ text: String, _ body: JSONValue, now: Date) throws -> JSONNode? {
        let (record, id) = try record(ofCertificate: text)
        guard record.isValid(id) else {
            throw DigiCertAnswers.badRequest("The certificate is not issued, or revoked already.")
        }
        return try revoke(record, .certificate(id), body, now: now)
    }

    /// `PUT /order/certificate/{order_id}/revoke`: every certificate of the order.
    ///
    /// - Returns: the request that waits for approval; `nil` where the approval was skipped.
    mutating func revokeOrder(_ text: String, _ body: JSONValue, now: Date) throws -> JSONNode? {
        let record = try record(text)
        guard record.hasCertificate else {
            throw DigiCertAnswers.badRequest("The order is not issued, or revoked already.")
        }
        return try revoke(record, .order, body, now: now)
    }

    private mutating func revoke(
        _ order: DigiCertOrderRecord, _ revocation: DigiCertRequest.Revocation, _ body: JSONValue, now: Date
    ) throws -> JSONNode? {
        var record = order
        guard record.status != "reissue_pending" else {
            throw DigiCertAnswers.badRequest("A certificate with a pending reissue cannot be revoked.")
        }
        if let reason = body.string("revocation_reason"), !Self.reasons.contains(reason) {
            throw DigiCertAnswers.badRequest("\(reason) is not a revocation reason.")
        }
        defer { records[record.id] = record }
        guard body.boolean("skip_approval") != true else {
            // Documented: this leaves no request behind.
            record.apply(revocation, now: now)
            return nil
        }
        let request = addRequest(
            to: &record, .revocation(revocation), isApproved: false, comments: body.string("comments"), now: now
        )
        return request.brief.replacing([("requester", DigiCertAccount.user)])
    }

    /// `PUT /order/certificate/{order_id}/status` ("Update order status"): cancels a pending order, or a pending reissue.
    mutating func updateStatus(_ text: String, _ body: JSONValue, now: Date) throws {
        var record = try record(text)
        guard body.string("status")?.lowercased() == "canceled" else {
            throw DigiCertAnswers.badRequest("status must be canceled.")
        }
        switch record.status {
        case "pending", "waiting_pickup":
            record.status = "canceled"
        case "reissue_pending":
            record.status = "issued"
            record.endPendingCopies(record.reissueIDs, note: body.string("note"), now: now)
        default:
            throw DigiCertAnswers.badRequest("An order that is \(record.status) cannot be canceled.")
        }
        record.changedAt = now
        records[record.id] = record
    }
}

extension DigiCertOrderRecord {
    /// Whether a certificate of the order was issued and isn't revoked.
    func isValid(_ certificate: Int64) -> Bool {
        if let made = certificates[certificate] { return made.status == "approved" }
        return hasCertificate && !revoked.contains(certificate)
    }

    /// Revokes. A certificate's revocation leaves the order issued, even where it is the only one.
    mutating func apply(_ revocation: DigiCertRequest.Revocation, now: Date) {
        switch revocation {
        case .certificate(let id):
            revoked.insert(id)
            certificates[id]?.status = "revoked"
        case .order:
            let copies = base.duplicates(showingArchived: true) + base.reissues
            revoked.formUnion([base.certificateID].compactMap(\.self))
            revoked.formUnion(copies.compactMap { JSONValue($0).integer("id") })
            for id in certificates.keys where certificates[id]?.issued != nil { certificates[id]?.status = "revoked" }
            status = "revoked"
        }
        changedAt = now
    }

    /// Rejects reissues or duplicates that nothing has been made for yet, and their requests.
    mutating func endPendingCopies(_ ids: [Int64], note: String?, now: Date) {
        for id in ids where certificates[id]?.status == "pending" {
            certificates[id]?.status = "rejected"
            for index in newRequests.indices
            where [.reissue(certificate: id), .duplicate(certificate: id)].contains(newRequests[index].subject) {
                newRequests[index].status = "rejected"
                newRequests[index].processorComment = note
                newRequests[index].processedAt = now
            }
        }
    }
}
