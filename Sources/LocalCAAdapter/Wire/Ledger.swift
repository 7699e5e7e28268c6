internal import CertProtocol
internal import FoundationEssentials

/// What a local authority remembers besides its orders, in `ledger.json`: so that neither a number nor a revocation is forgotten
/// when the record of an order is gone.
struct Ledger {
    /// The highest number that was given to an order.
    var lastOrder: UInt64 = 0
    /// The number of the latest revocation list, which rises from list to list (RFC 5280, section 5.2.3).
    var listNumber: Int64 = 0
    /// Every certificate that was revoked.
    var revoked: [RevocationList.Entry] = []

    /// That of an authority that has none yet.
    init() {}

    /// Reads it; `nil` where it isn't one.
    init?(_ raw: JSONValue) {
        guard let last = raw.integer("last_order").flatMap(UInt64.init(exactly:)),
            let number = raw.integer("list_number"),
            let rows = raw.array("revoked")
        else { return nil }
        (lastOrder, listNumber) = (last, number)
        revoked = rows.compactMap { row in
            guard let serial = row.string("serial_number").flatMap(Hexadecimal.bytes),
                let date = row.string("revoked_at").flatMap({ CertificateDate($0) })
            else { return nil }
            let reason = row.string("reason").flatMap(RevocationReason.init(rawValue:)) ?? .unspecified
            return .init(
                serialNumber: serial, date: date.startInUTC, reason: reason, keyIdentifier: row.string("key_identifier")
            )
        }
        guard revoked.count == rows.count else { return nil }
    }

    /// What ``init(_:)`` reads.
    var node: JSONNode {
        let rows = revoked.map { entry -> JSONNode in
            [
                "serial_number": .string(Hexadecimal.text(entry.serialNumber)),
                "revoked_at": .string(CertificateDate.instant(entry.date).text),
                "reason": .string(entry.reason.rawValue), "key_identifier": .optional(entry.keyIdentifier),
            ]
        }
        return [
            "last_order": .integer(Int64(clamping: lastOrder)), "list_number": .integer(listNumber),
            "revoked": .array(rows),
        ]
    }

    /// Takes in what the records say.
    mutating func add(_ entries: [RevocationList.Entry]) {
        for entry in entries where !revoked.contains(where: { $0.serialNumber == entry.serialNumber }) {
            revoked.append(entry)
        }
    }

    /// Whether a key is known to others, by what was said when a certificate of it was revoked.
    func isCompromised(_ keyIdentifier: String) -> Bool {
        revoked.contains { $0.reason == .keyCompromise && $0.keyIdentifier == keyIdentifier }
    }
}
