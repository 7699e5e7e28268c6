import CertProtocol
import DigiCertAdapter
import Testing

/// For each wire type an object that has every documented field: a property that stays empty reads a wrong name.
struct DocumentedFieldTests {
    private static let organization = """
        {"id":1,"name":"n","assumed_name":"a","display_name":"d","city":"c","state":"s","country":"us","is_active":"1",
        "status":"active","address":"a","address2":"b","zip":84042,"telephone":"t",
        "container":{"id":1,"parent_id":2,"name":"n","is_active":true},"container_id_assignments":["112234"],
        "validations":[{"type":"ov","name":"OV","description":"d","status":"active",
        "date_created":"2020-01-01T00:00:00+00:00","validated_until":"2021-11-23T07:00:00+00:00","dcv_status":"complete","org_status":"valid",
        "verified_users":[{"id":1,"first_name":"f","last_name":"l","email":"e"}]}],
        "ev_approvers":[{"id":1,"first_name":"f","last_name":"l","email":"e"}]}
        """
    private static let certificate = """
        {"id":1,"thumbprint":"AB","serial_number":"CD","common_name":"c","cert_validity":\(validity),"emails":["e"],
        "dns_names":["d"],"date_created":"2020-01-01T00:00:00+00:00","date_issued":"2020-01-01T00:00:00+00:00",
        "valid_from":"2020-01-01","valid_till":"2021-01-01","days_remaining":-3,"csr":"c","organization":\(organization),
        "organization_units":["u"],"server_platform":\(platform),"signature_hash":"sha256","key_size":2048,
        "ca_cert":{"id":"f7s","name":"n"},"ca_cert_id":"1005","status":"issued","user_id":1,"receipt_id":"7",
        "purchased_dns_names":"0","purchased_wildcard_names":"1","sub_id":"001","public_id":"p","archived":"1",
        "firstname":"f","lastname":"l","email":"e"}
        """
    private static let validity = #"{"years":1,"days":199,"custom_expiration_date":"21 DEC 2021"}"#
    private static let platform = #"{"id":45,"name":"nginx","install_url":"i","csr_url":"c"}"#
    private static let contact = """
        {"first_name":"f","last_name":"l","email":"e","job_title":"j","telephone":"t","telephone_extension":"x"}
        """
    private static let user = #"{"id":1,"first_name":"f","last_name":"l","email":"e"}"#
    private static let order = """
        {"id":1,"certificate":\(certificate),"status":"issued","is_renewed":false,
        "date_created":"2020-01-01T00:00:00+00:00","date_issued":"2020-01-01","organization":\(organization),
        "validity_years":"1","order_validity":\(validity),"order_valid_till":"2021-01-01",
        "disable_renewal_notifications":false,"container":{"id":1,"parent_id":2,"name":"n","is_active":true},
        "product":{"name_id":"n","name":"n","type":"t","validation_type":"ov","validation_name":"OV",
        "validation_description":"d","csr_required":true},
        "product_name_id":"n","duplicates_count":1,"reissues_count":1,"has_duplicates":true,"has_reissues":true,
        "number_of_sans":1,"price":12.5,"currency":"USD","order_price":{"cost":12.5,"currency":"USD"},
        "subaccount":{"account_id":1,"account_type":"enterprise","organization_name":"o"},"is_multi_year_plan":"1",
        "custom_fields":[{"metadata_id":1,"label":"l","value":"v"}],
        "is_renewal":true,"renewed_order_id":9,"order_valid_from":"2020-01-01","auto_renew":0,
        "organization_contact":\(contact),"technical_contact":\(contact),"user":\(user),"user_assignments":[\(user)],
        "purchased_dns_names":2,
        "requests":[{"id":1,"date":"2020-01-01T00:00:00+00:00","type":"t","status":"s","comments":"c"}],
        "receipt_id":1,"cs_provisioning_method":"email","public_id":"p","allow_duplicates":true,
        "is_out_of_contract":false,"payment_method":"balance","disable_issuance_email":false,"disable_ct":false,
        "api_key":{"name":"n","key_type":"acme_url"},"dcv_method":"email",
        "notes":[{"id":1,"date_created":"2020-01-01T00:00:00+00:00","text":"t"}],"additional_emails":["e"],
        "alternative_order_id":"a","has_pending_request":false,"order_approval_complete":true,"server_licenses":1,
        "caa_status_message":{"example.com":"ok"},"prices":[1],"verification":{"a":1},"benefits":{"a":1},
        "approver":{"id":1}}
        """
    private static let token = #"{"token":"t","status":"pending","expiration_date":"2026-03-01T00:00:00+00:00"}"#
    private static let chain = #"[{"subject_common_name":"s","issuer_common_name":"i","pem":"p"}]"#
    private static let placed = """
        {"id":1,"requests":[{"id":1,"date":"2020-01-01T00:00:00+00:00","type":"t","status":"s","comments":"c"}],
        "certificate_id":2,"certificate_chain":\(chain),"domains":[{"id":3,"dns_name":"d","dcv_token":\(token)}],
        "dcv_random_value":"v"}
        """
    private static let domain = """
        {"id":1,"name":"d","is_active":true,"status":"active","date_created":"2020-01-01T00:00:00+00:00",
        "organization":\(organization),"dcv_approval_datetime":"2020-01-01T00:00:00+00:00","dcv_method":"email",
        "dcv_expiration":{"ov":"2021-01-01"},"container":{"id":1,"parent_id":2,"name":"n","is_active":true},
        "validations":[{"type":"ov","name":"OV","description":"d","status":"active",
        "date_created":"2020-01-01T00:00:00+00:00","validated_until":"2021-11-23T07:00:00+00:00",
        "dcv_status":"complete","org_status":"valid","verified_users":[\(user)]}],"dcv_token":\(token)}
        """
    private static let request = """
        {"id":1,"date":"2020-01-01T00:00:00+00:00","type":"revoke","status":"pending","comments":"c",
        "requester":\(user),"processor":\(user),"reviewer":\(user),"order":{"renewal_of_order_valid_till":"2021-01-01",
        \(order.dropFirst()),"date_processed":"2020-01-01T00:00:00+00:00","processor_comment":"p"}
        """
    private static let product = """
        {"group_name":"g","name_id":"ssl_plus","name":"n","type":"t","allowed_container_ids":[1],
        "allowed_validity_years":[1],"allowed_order_validity_years":[1,2],
        "signature_hash_types":{"allowed_hash_types":[{"id":"sha256","name":"SHA-256"}],
        "default_hash_type_id":"sha256"},
        "csr_required":true,"allowed_ca_certs":[{"id":"1","name":"n"}],"replacement_product_name_id":"r",
        "validation_type":"OV","duplicates_allowed":true,"server_platforms":[\(platform)],
        "custom_expiration_date_allowed":false,"license_agreement":"l"}
        """

    @Test(
        "every documented field is read",
        arguments: [
            "OrderInfo", "ListedOrder", "SubaccountOrder", "DuplicateCertificate", "ReissuedCertificate",
            "StatusChange", "ListedProduct", "ListedOrganization", "PlacedOrder", "CertificateChain", "Domain",
            "ApprovalRequest", "DCVRandomValue", "DCVCheck",
        ]
    )
    func everyField(type: String) throws {
        let value: Any? =
            switch type {
            case "OrderInfo": DigiCert.OrderInfo(try json(Self.order))
            case "ListedOrder": DigiCert.ListedOrder(try json(Self.order))
            case "SubaccountOrder": DigiCert.SubaccountOrder(try json(Self.order))
            case "DuplicateCertificate": DigiCert.DuplicateCertificate(try json(Self.certificate))
            case "ReissuedCertificate": DigiCert.ReissuedCertificate(try json(Self.certificate))
            case "StatusChange":
                DigiCert.StatusChange(try json(#"{"order_id":1,"certificate_id":2,"status":"issued"}"#))
            case "PlacedOrder": DigiCert.PlacedOrder(try json(Self.placed))
            case "CertificateChain": DigiCert.CertificateChain(try json(#"{"intermediates":\#(Self.chain)}"#))
            case "Domain": DigiCert.Domain(try json(Self.domain))
            case "ApprovalRequest": DigiCert.ApprovalRequest(try json(Self.request))
            case "DCVRandomValue":
                DigiCert.DCVRandomValue(
                    try json(#"{"dcv_random_value":"v","expiration_date":"2023-02-24T16:25:52+00:00"}"#)
                )
            case "DCVCheck":
                DigiCert.DCVCheck(
                    try json(
                        #"{"order_status":"issued","certificate_id":1,"dcv_status":"valid","#
                            + #""dns_name_validations":[{"dns_name":"d","status":"approved"}]}"#)
                )
            case "ListedProduct": DigiCert.ListedProduct(try json(Self.product))
            default: DigiCert.ListedOrganization(try json(Self.organization))
            }
        let found = try #require(value)
        #expect(emptyProperties(of: found, path: type) == [])
    }

    /// The paths of all properties, of nested parts too, that hold nothing.
    private func emptyProperties(of value: Any, path: String) -> [String] {
        if value is JSONValue || value is CertificateDate { return [] }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            guard let wrapped = mirror.children.first else { return [path] }
            return emptyProperties(of: wrapped.value, path: path)
        case .collection, .dictionary:
            guard let first = mirror.children.first else { return [path] }
            return emptyProperties(of: first.value, path: path)
        case .struct where String(reflecting: type(of: value)).contains("DigiCert."):
            return mirror.children.flatMap { emptyProperties(of: $0.value, path: "\(path).\($0.label ?? "")") }
        default:
            return []
        }
    }
}
