internal import CertProtocol

/// The shapes in which the API shows a generated order.
extension DigiCertGeneratedOrder {
    var listRow: JSONNode {
        .record([
            ("id", .integer(id)),
            ("certificate", .when(slot != .withoutCertificate, listedCertificate)),
            ("status", .string(status)),
            ("is_renewed", boolean(isRenewed)),
            ("date_created", .string(dateCreated)),
            ("organization", listedOrganization),
            ("validity_years", number(1)),
            ("order_valid_till", .when(isIssued, .string(orderValidTill))),
            ("disable_renewal_notifications", boolean(false)),
            ("container", DigiCertAccount.container),
            ("product", product.brief),
            ("has_duplicates", boolean(duplicatesCount > 0)),
            ("duplicates_count", number(duplicatesCount)),
            ("has_reissues", boolean(reissuesCount > 0)),
            ("reissues_count", number(reissuesCount)),
            ("number_of_sans", number(dnsNames?.count ?? 0)),
            ("price", .when(isIssued, .integer(Int64(product.price)))),
            ("product_name_id", .string(productNameID)),
            ("is_multi_year_plan", .when(isMultiYearPlan, "1")),
            ("custom_fields", customFields),
        ])
    }

    var info: JSONNode {
        .record([
            ("id", .integer(id)),
            ("certificate", .when(slot != .withoutCertificate, detailedCertificate)),
            ("status", .string(status)),
            ("is_renewal", boolean(false)),
            ("is_renewed", boolean(isRenewed)),
            ("date_created", .string(dateCreated)),
            ("organization", organization?.detail ?? .array([])),
            ("validity_years", number(1)),
            ("order_valid_till", .when(isIssued, .string(orderValidTill))),
            ("disable_renewal_notifications", boolean(false)),
            ("auto_renew", 0),
            ("container", DigiCertAccount.container),
            ("product", product.detail),
            ("organization_contact", organization?.contact),
            ("technical_contact", organization?.contact),
            ("user", DigiCertAccount.user),
            ("purchased_dns_names", number(dnsNames?.count ?? 0)),
            ("requests", .array(requests)),
            ("receipt_id", number(700_000 + index)),
            ("allow_duplicates", true),
            ("is_out_of_contract", false),
            ("payment_method", "balance"),
            ("product_name_id", .string(productNameID)),
            ("custom_fields", customFields),
            ("disable_issuance_email", false),
            ("disable_ct", false),
            ("price", .when(isIssued, .integer(Int64(product.price)))),
            ("currency", "USD"),
            ("is_multi_year_plan", .when(isMultiYearPlan, "1")),
            ("duplicates_count", number(duplicatesCount)),
            ("reissues_count", number(reissuesCount)),
        ])
    }

    /// One more hangs under an order with duplicates, archived.
    func duplicates(showingArchived: Bool) -> [JSONNode] {
        guard duplicatesCount > 0 else { return [] }
        let shown = (1...duplicatesCount).map { copy($0, own: [("archived", "0")]) }
        return showingArchived ? shown + [copy(4, own: [("archived", "1")])] : shown
    }

    /// An order with a reissue pending shows that one without a serial number.
    var reissues: [JSONNode] {
        guard reissuesCount > 0 else { return [] }
        return (5..<(5 + reissuesCount)).map { number in
            copy(
                number,
                isIssued: slot != .reissuePending,
                own: [
                    ("archived", 0), ("email", .string(DigiCertAccount.email)),
                    ("receipt_id", .string("\(700_000 + index)")),
                    ("purchased_dns_names", .string("\(dnsNames?.count ?? 0)")), ("purchased_wildcard_names", "0"),
                    (
                        "date_issued",
                        .when(
                            slot != .reissuePending,
                            validFromDay.map { .string(SandboxDates.instant($0, second: 36_000)) }
                        )
                    ),
                ]
            )
        }
    }

    /// A duplicate or reissue: certificate `number` of this order, the primary being 0.
    private func copy(_ number: Int, isIssued: Bool = true, own: [(String, JSONNode?)]) -> JSONNode {
        let created = validFromDay.map { SandboxDates.instant($0, second: 32_400 + number) } ?? dateCreated
        let names: JSONNode? = dnsNames.map(JSONNode.strings)
        return .record(
            [
                ("id", .integer(Self.firstCertificateID + Int64(index) * 10 + Int64(number))),
                ("thumbprint", .when(isIssued, .string(Self.thumbprint(ofCertificate: number, index: index)))),
                ("serial_number", .when(isIssued, .string(Self.serialNumber(ofCertificate: number, index: index)))),
                ("common_name", commonName.map(JSONNode.string)),
                ("dns_names", names),
                ("status", isIssued ? "approved" : "pending"),
                ("date_created", .string(created)),
                ("valid_from", .when(isIssued, validFrom)),
                ("valid_till", .when(isIssued, validTill.map(JSONNode.string))),
                ("days_remaining", .when(isIssued, daysRemaining)),
                ("csr", "<csr>"),
                ("server_platform", Self.serverPlatform),
                ("signature_hash", "sha256"),
                ("key_size", 2048),
                ("ca_cert_id", "1005"),
                ("sub_id", .string("00\(number)")),
                ("public_id", "<public_id>"),
                ("user_id", .integer(DigiCertAccount.userID)),
                ("firstname", "John"),
                ("lastname", "Smith"),
            ] + own
        )
    }

    private var listedCertificate: JSONNode {
        .record(
            certificateMembers + [
                ("cert_validity", ["days": .integer(Int64(Self.validity))]),
                ("days_remaining", daysRemaining),
            ]
        )
    }

    private var detailedCertificate: JSONNode {
        .record(
            certificateMembers + [
                ("date_created", .string(validFromDay.map { SandboxDates.instant($0, second: 32_400) } ?? dateCreated)),
                ("date_issued", validFromDay.map { .string(SandboxDates.instant($0, second: 36_000)) }),
                ("days_remaining", daysRemaining),
                ("csr", .when(slot != .needsCSR, "<csr>")),
                ("organization", organizationID.map { ["id": .integer($0)] }),
                ("server_platform", Self.serverPlatform),
                ("key_size", 2048),
                ("ca_cert", ["id": "f7slk4shv9s2wr3", "name": "DigiCert SHA2 Secure Server CA"]),
                ("status", .when(status == "revoked", "revoked")),
                ("user_id", .integer(DigiCertAccount.userID)),
            ]
        )
    }

    private var certificateMembers: [(String, JSONNode?)] {
        [
            ("id", certificateID.map(JSONNode.integer)),
            ("thumbprint", thumbprint.map(JSONNode.string)),
            ("serial_number", serialNumber.map(JSONNode.string)),
            ("common_name", commonName.map(JSONNode.string)),
            ("dns_names", dnsNames.map(JSONNode.strings)),
            ("signature_hash", "sha256"),
            ("valid_from", validFrom),
            ("valid_till", validTill.map(JSONNode.string)),
        ]
    }

    /// Revoking without an approval step leaves no request behind.
    private var requests: [JSONNode] {
        var requests = [request(1, "new_request", isIssued ? "approved" : "pending")]
        if slot == .revoked { requests.append(request(2, "revoke", "approved")) }
        if slot == .rejected { requests = [request(1, "new_request", "rejected")] }
        if slot == .reissuePending { requests.append(request(3, "reissue", "pending")) }
        return requests
    }

    private func request(_ number: Int, _ type: String, _ status: String) -> JSONNode {
        [
            "id": .integer(Int64(index) * 10 + Int64(number)), "date": .string(dateCreated), "type": .string(type),
            "status": .string(status), "comments": "",
        ]
    }

    private var validFrom: JSONNode? { validFromDay.map { .string(SandboxDates.day($0)) } }

    private var daysRemaining: JSONNode? { validTillDay.map { number($0 - today) } }

    /// The list shows `[]` where an order has no organization.
    private var listedOrganization: JSONNode { organization?.brief ?? .array([]) }

    private var customFields: JSONNode? {
        .when(slot == .customFields, [["metadata_id": 12, "label": "Invoice #", "value": .string("\(index)")]])
    }

    private func number(_ value: Int) -> JSONNode {
        slot == .numbersAsStrings ? .string("\(value)") : .integer(Int64(value))
    }

    private func boolean(_ value: Bool) -> JSONNode {
        slot == .numbersAsStrings ? .string(value ? "1" : "0") : .boolean(value)
    }

    private static let serverPlatform: JSONNode = [
        "id": 45, "name": "nginx",
        "install_url": "http://www.digicert.com/ssl-certificate-installation-nginx.htm",
        "csr_url": "http://www.digicert.com/csr-creation-nginx.htm",
    ]
}
