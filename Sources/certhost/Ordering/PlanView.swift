internal import CertProtocol
internal import Host

/// What a call would do, for people and programs.
struct PlanView {
    private let plan: OrderingPlan
    private let change: Change
    private let host: CertificateHost

    init(_ plan: OrderingPlan, _ change: Change, host: CertificateHost) {
        self.plan = plan
        self.change = change
        self.host = host
    }

    func print(to console: Console) {
        switch console.format {
        case .json, .ndjson: console.print(["plan": node])
        case .csv:
            console.printCSV(node.members.map(\.0))
            console.printCSV(node.members.map { CSV.cell($0.1) })
        case .table: console.output.write(text + "\n\(outcome) Nothing was sent.\n")
        }
    }

    /// Says where the routes lead, and why nowhere else.
    func printDecision(to console: Console) {
        let refused = plan.decision.refused.map { "\($0.provider) \($0.reason)" }
        console.notice(
            "The routes lead to \(targets)."
                + (refused.isEmpty ? "" : " Not to others: \(refused.joined(separator: ", ")).")
        )
    }

    /// One line for each fact.
    var text: String {
        let rows = facts.filter { !$0.1.isEmpty }
        let width = rows.map { DisplayWidth.of($0.0) }.max() ?? 0
        return rows.map { DisplayWidth.padded($0.0, to: width) + "  " + PlainText.singleLine($0.1) + "\n" }.joined()
            + change.remarks.map { PlainText.singleLine($0) + "\n" }.joined()
    }

    /// What it costs or ends.
    var warning: String {
        switch change.weight {
        case .light: "This neither costs nor ends anything."
        case .costsMoney: "This may cost money, and is ordered once."
        case .isFinal: "This can't be undone."
        }
    }

    private var outcome: String {
        if plan.conflict != nil { return "This would be refused." }
        guard plan.isAnswered, let order = plan.existing?.orderID else { return warning }
        return "The journal has the answer already: order \(plan.existing?.provider ?? "")/\(order)."
    }

    /// Where it goes, and where next while nothing can have been ordered; with products where there are several.
    private var targets: String {
        let candidates = plan.decision.candidates
        return candidates.map { target in
            let title = (try? host.provider(target.provider))?.title
            return target.provider + (title.map { " (\($0))" } ?? "")
                + (candidates.count > 1 ? target.product.map { ", product \($0)" } ?? "" : "")
        }.joined(separator: "; then ")
    }

    private var facts: [(String, String)] {
        let request = plan.request
        var facts = [
            ("Operation", request.operation.rawValue), ("Provider", targets),
            ("Order", request.orderID.map { "\(change.provider ?? "")/\($0)" } ?? ""),
            ("Certificate", request.certificateID ?? ""),
            ("Product", plan.decision.candidates.count == 1 ? request.product ?? "" : ""),
        ]
        if let contents = request.contents {
            facts += [
                ("Names", ([contents.commonName] + contents.dnsNames).joined(separator: ", ")),
                ("Key", change.key ?? ""), ("Certificate validity", contents.validity?.text ?? ""),
            ]
        }
        facts += request.particulars.map { ($0.label, $0.value) }
        return facts + [("Journal key", plan.key ?? "random, shown before it is sent")]
    }

    private var node: JSONNode {
        let contents = plan.request.contents
        return [
            "operation": .string(plan.operation.rawValue),
            "provider": .optional(plan.decision.candidates.first?.provider),
            "product": .optional(plan.request.product),
            "order_id": .optional(plan.request.orderID),
            "certificate_id": .optional(plan.request.certificateID),
            "common_name": .optional(contents?.commonName),
            "dns_names": contents.map { .strings($0.dnsNames) } ?? .null,
            "key": .optional(change.key),
            "certificate_validity": .optional(contents?.validity?.text),
            "particulars": .object(plan.request.particulars.map { ($0.name, .string($0.value)) }),
            "journal_key": .optional(plan.key),
            "candidates": .array(
                plan.decision.candidates.map { ["provider": .string($0.provider), "product": .optional($0.product)] }
            ),
            "refused": .array(
                plan.decision.refused.map { ["provider": .string($0.provider), "reason": .string($0.reason)] }
            ),
            "answered_by": plan.isAnswered ? .optional(plan.existing?.orderID) : .null,
            "conflict": plan.conflict.map(\.node) ?? .null,
        ]
    }
}
