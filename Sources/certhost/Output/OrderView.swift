internal import CertProtocol
internal import DigiCertAdapter
internal import Host

/// An order for people: what it is, who is behind it, its requests and its certificates.
struct OrderView {
    private let order: Order
    private let adapter: String

    init(_ order: Order, adapter: String) {
        self.order = order
        self.adapter = adapter
    }

    func print(to console: Console) {
        let sections = [
            ("", facts), ("Organization", organization), ("Contacts", contacts), ("Custom fields", customFields),
        ]
        for (title, rows) in sections {
            let rows = rows.filter { !$0.1.isEmpty }
            guard !rows.isEmpty else { continue }
            if !title.isEmpty { console.output.write("\n" + console.style.heading(title) + "\n") }
            let width = rows.map { DisplayWidth.of($0.0) }.max() ?? 0
            for (label, value) in rows {
                let text = PlainText.singleLine(value)
                let shown = label == "Status" ? console.style.status(text, text) : text
                console.output.write(DisplayWidth.padded(label, to: width) + "  " + shown + "\n")
            }
        }
        printTable("Requests", requests, console)
        printTable("Certificates", certificates, console)
    }

    private func printTable(_ title: String, _ table: Table, _ console: Console) {
        guard !table.isEmpty else { return }
        console.output.write("\n" + console.style.heading(title) + "\n")
        console.print(table)
    }

    private var facts: [(String, String)] {
        let price = order.price.map { "\($0)" + (order.currency.map { " " + $0 } ?? "") }
        let product = [order.productName, order.product.map { order.productName == nil ? $0 : "(\($0))" }]
        let subaccount = order.subaccount.map { subaccount in
            [subaccount.accountID, subaccount.organizationName, subaccount.accountType.map { "(\($0))" }]
                .compactMap(\.self).joined(separator: " ")
        }
        return [
            ("Order", order.provider + "/" + order.orderID),
            ("Status", order.status.text(order.providerStatus)),
            ("Product", product.compactMap(\.self).joined(separator: " ")),
            ("Validation", order.validation ?? ""),
            ("Account", order.accountID ?? ""),
            ("Sub-account", subaccount ?? ""),
            ("Price", price ?? ""),
            ("Created", order.createdAt?.text ?? ""),
            ("Issued", order.issuedAt?.text ?? ""),
            ("Paid until", order.validUntil?.text ?? ""),
            ("Years", order.validityYears.map(String.init) ?? ""),
            ("Renews", order.renewedOrderID.map { order.provider + "/" + $0 } ?? ""),
        ]
    }

    private var requests: Table {
        var table = Table([
            TableColumn("REQUEST"), TableColumn("DATE", minimum: 20), TableColumn("TYPE"), TableColumn("STATUS"),
            TableColumn("COMMENTS", minimum: 12),
        ])
        for request in order.requests {
            table.append([
                request.id ?? "", request.date?.text ?? "", request.type ?? "", request.status ?? "",
                request.comments ?? "",
            ])
        }
        return table
    }

    private var certificates: Table {
        var table = Table([
            TableColumn("CERTIFICATE", minimum: 11), TableColumn("STATUS"), TableColumn("COMMON NAME", minimum: 16),
            TableColumn("FROM", minimum: 10, priority: 1), TableColumn("EXPIRES", minimum: 10),
            TableColumn("OTHER NAMES", minimum: 16, priority: 2),
            TableColumn("SERIAL NUMBER", minimum: 13, priority: 3),
        ])
        for certificate in order.certificates {
            table.append([
                certificate.certificateID ?? "-", certificate.status.text(certificate.providerStatus),
                certificate.commonName ?? "", certificate.notBefore?.dayText ?? "", certificate.notAfter?.dayText ?? "",
                (certificate.dnsNames ?? []).joined(separator: " "), certificate.serialNumber ?? "",
            ])
        }
        return table
    }

    /// DigiCert's documented form, for what the unified model has no place for.
    private var digiCert: DigiCert.OrderInfo? { adapter == "digicert" ? DigiCert.OrderInfo(order.raw) : nil }

    private var organization: [(String, String)] {
        guard let organization = digiCert?.organization else {
            return order.organization.map { [("Name", $0)] } ?? []
        }
        let place = [organization.city, organization.state, organization.country].compactMap(\.self)
        return [
            ("Name", organization.name ?? ""), ("Known as", organization.assumedName ?? ""),
            ("Place", place.joined(separator: ", ")), ("Id", organization.id.map { "\($0)" } ?? ""),
        ]
    }

    private var contacts: [(String, String)] {
        let people = [
            ("Organization", digiCert?.organizationContact), ("Technical", digiCert?.technicalContact),
        ]
        return people.map { label, person in
            let name = [person?.firstName, person?.lastName].compactMap(\.self).joined(separator: " ")
            let parts = [name, person?.jobTitle ?? "", person?.email ?? "", person?.telephone ?? ""]
            return (label, parts.filter { !$0.isEmpty }.joined(separator: ", "))
        }
    }

    private var customFields: [(String, String)] {
        (digiCert?.customFields ?? []).map { ($0.label ?? "Field", $0.value ?? "") }
    }
}
