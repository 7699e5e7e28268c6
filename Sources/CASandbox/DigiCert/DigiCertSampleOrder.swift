internal import CertProtocol

/// An order whose "Order info" is one of the documentation's sample answers.
struct DigiCertSampleOrder: DigiCertOrder {
    let sample: JSONValue
    let id: Int64
    let certificateID: Int64?
    let serialNumber: String?
    let thumbprint: String?
    let secondsSinceStatusChange: Int
    private let duplicateItems: [JSONNode]
    let reissues: [JSONNode]

    /// The sample of an issued order, with the three sample duplicates and one reissue. The sample shows no id, serial
    /// number or thumbprint of its certificate; those that the list shows are made up.
    static let issued = DigiCertSampleOrder(
        sample: DigiCertSamples.issued,
        id: 123_456,
        certificateID: 112_358,
        serialNumber: "0123456789ABCDEF0123456789ABCDEF",
        thumbprint: "0123456789ABCDEF0123456789ABCDEF01234567",
        secondsSinceStatusChange: 3600,
        duplicateItems: (DigiCertSamples.duplicates.array("certificates") ?? []).map { .raw($0) },
        reissues: [issuedReissue]
    )

    /// The sample of an order that waits for approval. It stands under an id of its own, since both samples of the
    /// documentation have the same.
    static let needsApproval = DigiCertSampleOrder(
        sample: DigiCertSamples.needsApproval,
        id: 123_455,
        certificateID: nil,
        serialNumber: nil,
        thumbprint: nil,
        secondsSinceStatusChange: .max,
        duplicateItems: [],
        reissues: []
    )

    /// An item as "List reissues" documents it; that page prints no sample that could be used here.
    private static let issuedReissue: JSONNode = [
        "id": 112_359, "thumbprint": "89ABCDEF0123456789ABCDEF0123456789ABCDEF",
        "serial_number": "0FEDCBA9876543210FEDCBA987654321", "common_name": "example.com",
        "dns_names": ["example2.com", "example3.com"], "status": "approved",
        "date_created": "2019-07-02T08:15:00+00:00", "date_issued": "2019-07-02T08:20:00+00:00",
        "valid_from": "2019-07-02", "valid_till": "2020-04-30", "days_remaining": 226, "csr": "<csr>",
        "server_platform": [
            "id": 45, "name": "nginx",
            "install_url": "http://www.digicert.com/ssl-certificate-installation-nginx.htm",
            "csr_url": "http://www.digicert.com/csr-creation-nginx.htm",
        ], "signature_hash": "sha256", "key_size": 2048, "ca_cert_id": "1005", "sub_id": "001",
        "public_id": "<public_id>", "archived": 0, "user_id": 12345, "firstname": "John", "lastname": "Smith",
        "email": "john.smith@digicert.com", "receipt_id": "123456", "purchased_dns_names": "2",
        "purchased_wildcard_names": "0",
    ]

    private var certificate: JSONValue? { sample.object("certificate") }

    var status: String { sample.string("status") ?? "" }
    var productNameID: String { sample.string("product_name_id") ?? "" }
    var organizationID: Int64? { sample.object("organization")?.integer("id") }
    var commonName: String? { certificate?.string("common_name") }
    var dnsNames: [String]? { certificate?.strings("dns_names") }
    var validTill: String? { certificate?.string("valid_till") }
    var dateCreated: String { sample.string("date_created") ?? "" }
    var isRenewed: Bool { false }

    var listRow: JSONNode {
        let listedCertificate: [(String, JSONNode?)] = [
            ("id", certificateID.map(JSONNode.integer)),
            ("thumbprint", thumbprint.map(JSONNode.string)),
            ("serial_number", serialNumber.map(JSONNode.string)),
            ("common_name", member("common_name", of: certificate)),
            ("dns_names", member("dns_names", of: certificate)),
            ("signature_hash", member("signature_hash", of: certificate)),
            ("valid_from", member("valid_from", of: certificate)),
            ("valid_till", member("valid_till", of: certificate)),
            ("days_remaining", member("days_remaining", of: certificate)),
        ]
        let product = sample.object("product")
        let organization = sample.object("organization")
        return .record([
            ("id", .integer(id)),
            ("certificate", .record(listedCertificate)),
            ("status", .string(status)),
            ("is_renewed", false),
            ("date_created", .string(dateCreated)),
            (
                "organization",
                .record([("id", member("id", of: organization)), ("name", member("name", of: organization))])
            ),
            ("validity_years", member("validity_years", of: sample)),
            ("order_valid_till", validTill.map(JSONNode.string)),
            ("disable_renewal_notifications", false),
            ("container", member("container", of: sample)),
            (
                "product",
                .record(["name_id", "name", "type"].map { ($0, member($0, of: product)) })
            ),
            ("has_duplicates", .boolean(!duplicateItems.isEmpty)),
            ("duplicates_count", .integer(Int64(duplicateItems.count))),
            ("has_reissues", .boolean(!reissues.isEmpty)),
            ("reissues_count", .integer(Int64(reissues.count))),
            ("number_of_sans", .integer(Int64(dnsNames?.count ?? 0))),
            ("product_name_id", .string(productNameID)),
            ("custom_fields", member("custom_fields", of: sample)),
        ])
    }

    var info: JSONNode {
        .object(sample.members.map { $0.name == "id" ? ("id", .integer(id)) : ($0.name, .raw($0.value)) })
    }

    /// None of the sample duplicates is archived.
    func duplicates(showingArchived: Bool) -> [JSONNode] { duplicateItems }

    private func member(_ name: String, of value: JSONValue?) -> JSONNode? { value?[name].map { .raw($0) } }
}
