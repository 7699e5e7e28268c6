internal import CertProtocol

/// The orders of the account's subaccounts: the documentation's three rows, then generated ones.
struct DigiCertSubaccountOrders: Sendable {
    private static let samples = DigiCertSamples.subaccountOrders.array("orders") ?? []
    private static let firstID: Int64 = 700_000_000

    let generated: Int
    /// The day that generated validity is relative to.
    let today: Int

    var count: Int { Self.samples.count + generated }

    func row(_ position: Int) -> JSONNode {
        position < Self.samples.count
            ? .raw(Self.samples[position]) : generatedRow(position - Self.samples.count)
    }

    /// Every seventh order is one of a subaccount's own subaccount, of which the certificate isn't shown; every eighth
    /// prints its date of issue as the day that the documentation's table promises.
    private func generatedRow(_ index: Int) -> JSONNode {
        let order = DigiCertGeneratedOrder(index: index, today: today)
        let isImmediate = !index.isMultiple(of: 7)
        let certificate: JSONNode = .record([
            ("id", order.certificateID.map { .integer($0 + 100_000_000_000) }),
            ("thumbprint", order.thumbprint.map(JSONNode.string)),
            ("serial_number", order.serialNumber.map(JSONNode.string)),
            ("common_name", order.commonName.map(JSONNode.string)),
            ("dns_names", order.dnsNames.map(JSONNode.strings)),
            ("valid_till", order.validTill.map(JSONNode.string)),
            ("organization_units", ["IT Dept."]),
            ("signature_hash", "sha256"),
        ])
        let issued = order.validFromDay.map {
            index.isMultiple(of: 8) ? SandboxDates.day($0) : SandboxDates.instant($0, second: 36_000)
        }
        return .record([
            ("id", .integer(Self.firstID + Int64(index))),
            ("certificate", .when(isImmediate && order.commonName != nil, certificate)),
            (
                "subaccount",
                [
                    "account_id": isImmediate ? 112_233 : 123_445, "account_type": "enterprise",
                    "organization_name": isImmediate ? "Sub account organization" : "주식회사 하위계정",
                ]
            ),
            ("product", order.product.brief),
            ("order_price", ["cost": .integer(Int64(order.product.price)), "currency": "USD"]),
            ("status", .string(order.status)),
            ("number_of_sans", .integer(Int64(order.dnsNames?.count ?? 0))),
            ("date_created", .string(order.dateCreated)),
            ("date_issued", issued.map(JSONNode.string)),
            ("validity_years", 1),
        ])
    }
}
