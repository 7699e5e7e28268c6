internal import CertProtocol
internal import Host

/// How the records of one kind are shown.
struct RecordKind<Item: Sendable>: Sendable {
    /// The key of the array in JSON.
    var key: String
    /// The record as JSON, with `raw` where it is asked for.
    var node: @Sendable (_ item: Item, _ withRaw: Bool) -> JSONNode
    /// The names of the record's members, for the first line of CSV.
    var members: [String]
    /// The columns of the table.
    var columns: [TableColumn]
    /// The cells of the table.
    var cells: @Sendable (Item) -> [String]
}

extension JSONNode {
    static func optional(_ date: CertificateDate?) -> JSONNode { .optional(date?.text) }

    /// The members of an object; none for anything else.
    var members: [(String, JSONNode)] {
        if case .object(let members) = self { members } else { [] }
    }

    /// The object with a further member.
    func adding(_ name: String, _ value: JSONNode) -> JSONNode { .object(members + [(name, value)]) }
}

extension Certificate {
    func node(withRaw: Bool = false) -> JSONNode {
        let node: JSONNode = [
            "provider": .string(provider),
            "order_id": .optional(orderID),
            "certificate_id": .optional(certificateID),
            "common_name": .optional(commonName),
            "dns_names": dnsNames.map(JSONNode.strings) ?? .null,
            "status": .string(status.name),
            "provider_status": .optional(providerStatus),
            "product": .optional(product),
            "validation": .optional(validation),
            "serial_number": .optional(serialNumber),
            "thumbprint": .optional(thumbprint),
            "not_before": .optional(notBefore),
            "not_after": .optional(notAfter),
            "created_at": .optional(createdAt),
            "issued_at": .optional(issuedAt),
            "updated_at": .optional(updatedAt),
            "subject": .optional(subject),
            "organization": .optional(organization),
            "account_id": .optional(accountID),
        ]
        return withRaw ? node.adding("raw", .raw(raw)) : node
    }
}

extension Order {
    func node(withRaw: Bool = false) -> JSONNode {
        let node: JSONNode = [
            "provider": .string(provider),
            "order_id": .string(orderID),
            "status": .string(status.name),
            "provider_status": .optional(providerStatus),
            "product": .optional(product),
            "product_name": .optional(productName),
            "validation": .optional(validation),
            "organization": .optional(organization),
            "account_id": .optional(accountID),
            "subaccount": subaccount.map { subaccount in
                [
                    "account_id": .optional(subaccount.accountID),
                    "account_type": .optional(subaccount.accountType),
                    "organization_name": .optional(subaccount.organizationName),
                ]
            } ?? .null,
            "price": price.map(JSONNode.decimal) ?? .null,
            "currency": .optional(currency),
            "created_at": .optional(createdAt),
            "issued_at": .optional(issuedAt),
            "valid_until": .optional(validUntil),
            "validity_years": .optional(validityYears),
            "is_renewal": isRenewal.map(JSONNode.boolean) ?? .null,
            "renewed_order_id": .optional(renewedOrderID),
            "requests": .array(
                requests.map { request in
                    [
                        "id": .optional(request.id), "date": .optional(request.date), "type": .optional(request.type),
                        "status": .optional(request.status), "comments": .optional(request.comments),
                    ]
                }
            ),
            "certificates": .array(certificates.map { $0.node() }),
        ]
        return withRaw ? node.adding("raw", .raw(raw)) : node
    }
}

extension RecordKind where Item == Certificate {
    static let certificates = RecordKind(
        key: "certificates",
        node: { $0.node(withRaw: $1) },
        members: Certificate(provider: "", status: .pending, providerStatus: nil, raw: JSONValue(.null))
            .node().members.map(\.0),
        columns: [
            TableColumn("ORDER", minimum: 15), TableColumn("STATUS", minimum: 8),
            TableColumn("COMMON NAME", minimum: 20),
            TableColumn("EXPIRES", minimum: 10), TableColumn("PRODUCT", minimum: 12, priority: 1),
            TableColumn("ORGANIZATION", minimum: 14, priority: 2), TableColumn("CERTIFICATE", minimum: 11, priority: 3),
            TableColumn("SERIAL NUMBER", minimum: 13, priority: 5),
            TableColumn("OTHER NAMES", minimum: 16, priority: 4),
        ],
        cells: { certificate in
            let others = (certificate.dnsNames ?? []).filter { $0 != certificate.commonName }
            return [
                certificate.provider + "/" + (certificate.orderID ?? "-"),
                certificate.status.text(certificate.providerStatus),
                certificate.commonName ?? certificate.dnsNames?.first ?? "", certificate.notAfter?.dayText ?? "",
                certificate.product ?? "", certificate.organization ?? "", certificate.certificateID ?? "",
                certificate.serialNumber ?? "", others.joined(separator: " "),
            ]
        }
    )
}

extension RecordKind where Item == Order {
    static let orders = RecordKind(
        key: "orders",
        node: { $0.node(withRaw: $1) },
        members: Order(provider: "", orderID: "", status: .pending, providerStatus: nil, raw: JSONValue(.null))
            .node().members.map(\.0),
        columns: [
            TableColumn("ORDER", minimum: 15), TableColumn("STATUS", minimum: 8),
            TableColumn("COMMON NAME", minimum: 18),
            TableColumn("PRODUCT", minimum: 12, priority: 1), TableColumn("SUB-ACCOUNT", minimum: 16, priority: 2),
            TableColumn("PRICE", minimum: 9, priority: 3), TableColumn("CREATED", minimum: 10, priority: 4),
        ],
        cells: { order in
            let subaccount = [order.subaccount?.accountID, order.subaccount?.organizationName].compactMap(\.self)
            let price = order.price.map { "\($0)" + (order.currency.map { " " + $0 } ?? "") }
            return [
                order.provider + "/" + order.orderID, order.status.text(order.providerStatus),
                order.certificates.first?.commonName ?? "", order.product ?? "", subaccount.joined(separator: " "),
                price ?? "", order.createdAt?.dayText ?? "",
            ]
        }
    )
}

extension RecordKind where Item == StatusChange {
    static let changes = RecordKind(
        key: "changes",
        node: { change, withRaw in
            let node: JSONNode = [
                "provider": .string(change.provider), "order_id": .optional(change.orderID),
                "certificate_id": .optional(change.certificateID), "status": .string(change.status.name),
                "provider_status": .optional(change.providerStatus),
            ]
            return withRaw ? node.adding("raw", .raw(change.raw)) : node
        },
        members: ["provider", "order_id", "certificate_id", "status", "provider_status"],
        columns: [TableColumn("ORDER", minimum: 15), TableColumn("CERTIFICATE", minimum: 11), TableColumn("STATUS")],
        cells: { change in
            [
                change.provider + "/" + (change.orderID ?? "-"), change.certificateID ?? "",
                change.status.text(change.providerStatus),
            ]
        }
    )
}

extension RecordKind where Item == Product {
    static let products = RecordKind(
        key: "products",
        node: { product, withRaw in
            let node: JSONNode = [
                "provider": .string(product.provider), "product": .string(product.product),
                "name": .optional(product.name), "validation": .optional(product.validation),
                "type": .optional(product.type),
            ]
            return withRaw ? node.adding("raw", .raw(product.raw)) : node
        },
        members: ["provider", "product", "name", "validation", "type"],
        columns: [
            TableColumn("PROVIDER"), TableColumn("PRODUCT", minimum: 16), TableColumn("NAME", minimum: 20),
            TableColumn("VALIDATION", minimum: 4, priority: 1), TableColumn("TYPE", minimum: 12, priority: 2),
        ],
        cells: { [$0.provider, $0.product, $0.name ?? "", $0.validation ?? "", $0.type ?? ""] }
    )
}

extension RecordKind where Item == Organization {
    static let organizations = RecordKind(
        key: "organizations",
        node: { organization, withRaw in
            let node: JSONNode = [
                "provider": .string(organization.provider), "organization_id": .string(organization.organizationID),
                "name": .optional(organization.name), "status": .optional(organization.status),
            ]
            return withRaw ? node.adding("raw", .raw(organization.raw)) : node
        },
        members: ["provider", "organization_id", "name", "status"],
        columns: [
            TableColumn("PROVIDER"), TableColumn("ID"), TableColumn("NAME", minimum: 24), TableColumn("STATUS"),
        ],
        cells: { [$0.provider, $0.organizationID, $0.name ?? "", $0.status ?? ""] }
    )
}

extension CertificateStatus {
    /// The name for people; an unknown status is shown in the certificate authority's own word.
    func text(_ providerStatus: String?) -> String {
        if case .unknown = self, let providerStatus { return "unknown (\(providerStatus))" }
        return name
    }
}

extension CertificateDate {
    /// The day alone, in UTC.
    var dayText: String { String(text.prefix(10)) }
}
