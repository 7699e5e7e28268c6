internal import CertProtocol
internal import FoundationEssentials

/// What was ordered here and doesn't change any more; ``DigiCertOrderRecord`` holds what does.
struct DigiCertPlacedOrder: DigiCertOrder {
    let id: Int64
    let product: DigiCertProduct
    let organization: DigiCertOrganization?
    let form: DigiCertOrderForm
    let created: Date
    let period: DigiCertPeriod
    let dcvMethod: String
    let renewedOrderID: Int64?
    let alternativeOrderID: String?

    var status: String { "pending" }
    var productNameID: String { product.nameID }
    var organizationID: Int64? { organization?.id }
    var certificateID: Int64? { nil }
    var serialNumber: String? { nil }
    var thumbprint: String? { nil }
    var commonName: String? { form.commonName }
    var dnsNames: [String]? { form.dnsNames }
    var validTill: String? { nil }
    var dateCreated: String { SandboxDates.instant(created) }
    var isRenewed: Bool { false }
    var secondsSinceStatusChange: Int { 0 }

    var listRow: JSONNode {
        .record([
            ("id", .integer(id)),
            ("certificate", form.json),
            ("status", "pending"),
            ("is_renewed", false),
            ("date_created", .string(dateCreated)),
            ("organization", organization?.brief ?? .array([])),
            ("order_validity", period.json),
            ("disable_renewal_notifications", false),
            ("container", DigiCertAccount.container),
            ("product", product.brief),
            ("has_duplicates", false),
            ("duplicates_count", 0),
            ("has_reissues", false),
            ("reissues_count", 0),
            ("number_of_sans", .integer(Int64(form.dnsNames.count))),
            ("product_name_id", .string(productNameID)),
        ])
    }

    var info: JSONNode {
        .record([
            ("id", .integer(id)),
            ("certificate", form.json),
            ("status", "pending"),
            ("is_renewal", .boolean(renewedOrderID != nil)),
            ("is_renewed", false),
            ("renewed_order_id", renewedOrderID.map(JSONNode.integer)),
            ("date_created", .string(dateCreated)),
            ("organization", organization?.detail),
            ("order_validity", period.json),
            ("disable_renewal_notifications", false),
            ("auto_renew", 0),
            ("container", DigiCertAccount.container),
            ("product", product.detail),
            ("organization_contact", organization?.contact),
            ("technical_contact", organization?.contact),
            ("user", DigiCertAccount.user),
            ("purchased_dns_names", .integer(Int64(form.dnsNames.count))),
            ("requests", .array([])),
            ("allow_duplicates", true),
            ("is_out_of_contract", false),
            ("payment_method", "balance"),
            ("product_name_id", .string(productNameID)),
            ("disable_issuance_email", false),
            ("disable_ct", false),
            ("dcv_method", .string(dcvMethod)),
            ("alternative_order_id", alternativeOrderID.map(JSONNode.string)),
            ("price", .integer(Int64(product.price))),
            ("currency", "USD"),
            ("duplicates_count", 0),
            ("reissues_count", 0),
        ])
    }

    func duplicates(showingArchived: Bool) -> [JSONNode] { [] }

    var reissues: [JSONNode] { [] }
}

extension DigiCertOrderForm {
    /// The certificate of an order that nothing has been made for yet.
    fileprivate var json: JSONNode {
        [
            "common_name": .string(commonName), "dns_names": .strings(dnsNames),
            "signature_hash": .string(signatureHash), "csr": .string(PEMText.withCRLF(request.pem)),
            "key_size": .integer(Int64(request.keySize)),
        ]
    }
}
