internal import CertProtocol

/// A product of the account, in the shapes of "Product list" and of the `product` object of an order.
struct DigiCertProduct: Sendable {
    let nameID: String
    let name: String
    let type: String
    let groupName: String
    /// Lower case, as in "Order info".
    let validation: String
    /// In US dollars, made up.
    let price: Int

    static let standard = DigiCertProduct(
        nameID: "ssl_plus",
        name: "Standard SSL",
        type: "ssl_certificate",
        groupName: "ssl_certificate",
        validation: "ov",
        price: 198
    )
    static let multiDomain = DigiCertProduct(
        nameID: "ssl_multi_domain",
        name: "Multi-Domain SSL",
        type: "ssl_certificate",
        groupName: "ssl_certificate",
        validation: "ov",
        price: 358
    )
    static let wildcard = DigiCertProduct(
        nameID: "ssl_wildcard",
        name: "Wildcard SSL",
        type: "ssl_certificate",
        groupName: "ssl_certificate",
        validation: "ov",
        price: 595
    )
    static let extendedValidation = DigiCertProduct(
        nameID: "ssl_ev_plus",
        name: "Extended Validation SSL",
        type: "ssl_certificate",
        groupName: "ssl_certificate",
        validation: "ev",
        price: 295
    )
    static let secureSite = DigiCertProduct(
        nameID: "ssl_securesite",
        name: "Secure Site SSL",
        type: "securesite_ssl_certificate",
        groupName: "securesite_ssl_certificate",
        validation: "ov",
        price: 399
    )
    static let domainValidated = DigiCertProduct(
        nameID: "ssl_dv_geotrust",
        name: "GeoTrust Standard DV",
        type: "dv_ssl_certificate",
        groupName: "dv_ssl_certificate",
        validation: "dv",
        price: 149
    )
    static let clientCertificate = DigiCertProduct(
        nameID: "client_premium",
        name: "Premium",
        type: "client_certificate",
        groupName: "client_certificate",
        validation: "smime",
        price: 39
    )

    static let all = [
        standard, multiDomain, wildcard, extendedValidation, secureSite, domainValidated, clientCertificate,
    ]

    /// As in the lists of orders.
    var brief: JSONNode { ["name_id": .string(nameID), "name": .string(name), "type": .string(type)] }

    /// As in "Order info".
    var detail: JSONNode {
        [
            "name_id": .string(nameID), "name": .string(name), "type": .string(type),
            "validation_type": .string(validation), "validation_name": .string(validation.uppercased()),
            "validation_description": .string("\(validation.uppercased()) validation"), "csr_required": true,
        ]
    }

    /// As in "Product list".
    var listed: JSONNode {
        [
            "group_name": .string(groupName), "name_id": .string(nameID), "name": .string(name),
            "type": .string(type), "allowed_validity_years": [1, 2, 3], "allowed_order_validity_years": [1, 2, 3],
            "allowed_container_ids": [.integer(DigiCertAccount.containerID)],
            "signature_hash_types": [
                "allowed_hash_types": [["id": "sha256", "name": "SHA-256"], ["id": "sha384", "name": "SHA-384"]],
                "default_hash_type_id": "sha256",
            ], "csr_required": true, "allowed_ca_certs": [],
        ]
    }
}
