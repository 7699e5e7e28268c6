internal import CertProtocol
internal import FoundationEssentials

/// A certificate that was asked for in this sandbox: the primary one of an order, a reissue or a duplicate.
struct DigiCertCertificate: Sendable {
    let id: Int64
    /// The number within its order.
    let subID: Int
    let form: DigiCertOrderForm
    /// The last day that it is to be valid.
    let lastDay: Int
    let created: Date
    /// The request that has to be approved before it is made; `nil` where none has to.
    let requestID: Int64?
    /// `pending`, `approved`, `rejected` or `revoked`.
    var status = "pending"
    var issued: IssuedCertificate?
    var issuedAt: Date?

    /// As in the list of orders.
    var listed: JSONNode { .record(members + [("days_remaining", daysRemaining)]) }

    /// As in "Order info"; its own status only after a reissue, or once it is revoked.
    func detail(organization: DigiCertOrganization?, showsStatus: Bool) -> JSONNode {
        .record(
            members + details + [
                ("organization", organization.map { ["id": .integer($0.id)] }),
                ("ca_cert", ["id": "f7slk4shv9s2wr3", "name": "Sandbox Issuing CA"]),
                (
                    "status",
                    status == "revoked" ? "revoked" : .when(showsStatus && issued != nil, "issued")
                ),
                ("user_id", .integer(DigiCertAccount.userID)),
            ]
        )
    }

    /// As in the lists of duplicates and reissues; the latter have more members, and say some things in other types.
    func item(isReissue: Bool) -> JSONNode {
        let own: [(String, JSONNode?)] =
            isReissue
            ? [
                ("archived", 0), ("email", .string(DigiCertAccount.email)),
                ("receipt_id", .string("\(id % 1_000_000)")),
                ("purchased_dns_names", .string("\(form.dnsNames.count)")), ("purchased_wildcard_names", "0"),
            ] : [("archived", "0"), ("public_id", "<public_id>")]
        return .record(
            members + details + [
                ("status", .string(status)), ("ca_cert_id", "1005"),
                ("sub_id", .string(String("00\(subID)".suffix(3)))), ("user_id", .integer(DigiCertAccount.userID)),
                ("firstname", "John"), ("lastname", "Smith"),
            ] + own
        )
    }

    private var members: [(String, JSONNode?)] {
        [
            ("id", .integer(id)),
            ("thumbprint", issued.map { .string($0.thumbprint) }),
            ("serial_number", issued.map { .string($0.serialNumber) }),
            ("common_name", .string(form.commonName)),
            ("dns_names", .strings(form.dnsNames)),
            ("signature_hash", .string(form.signatureHash)),
            ("valid_from", issued.map { .string(CalendarDay($0.notBefore).description) }),
            ("valid_till", issued.map { .string(CalendarDay($0.notAfter).description) }),
            ("cert_validity", form.validity.map { .raw($0) }),
        ]
    }

    private var details: [(String, JSONNode?)] {
        [
            ("date_created", .string(SandboxDates.instant(created))),
            ("date_issued", issuedAt.map { .string(SandboxDates.instant($0)) }),
            ("days_remaining", daysRemaining),
            ("csr", .string(PEMText.withCRLF(form.request.pem))),
            (
                "server_platform",
                form.serverPlatform.map { ["id": .integer($0), "name": .string($0 == -1 ? "OTHER" : "Server \($0)")] }
            ),
            ("key_size", .integer(Int64(form.request.keySize))),
        ]
    }

    private var daysRemaining: JSONNode? {
        issued.map { .integer(Int64(Int($0.notAfter.timeIntervalSince1970) / 86_400 - SandboxDates.today)) }
    }
}
