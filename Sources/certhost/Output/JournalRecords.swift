internal import CertProtocol
internal import Foundation
internal import Host

extension JournalEntry {
    /// The entry as JSON, every key present.
    var node: JSONNode {
        [
            "key": .string(key), "provider": .string(provider), "operation": .string(operation.rawValue),
            "state": .string(state.rawValue), "order_id": .optional(orderID),
            "created_at": .string(createdAt.text), "updated_at": .string(updatedAt.text),
        ]
    }

    fileprivate var names: String {
        guard let contents = request.contents else { return "" }
        return ([contents.commonName] + contents.dnsNames).joined(separator: " ")
    }
}

extension Date {
    /// RFC 3339 in UTC, to the second, as all instants are printed that this machine's clock has made.
    fileprivate var text: String {
        CertificateDate.instant(Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down))).text
    }

    /// The instant, or the second that follows it.
    fileprivate var rounded: Date { Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.up)) }
}

extension RecordKind where Item == JournalEntry {
    static let journalEntries = RecordKind(
        key: "entries",
        node: { entry, _ in entry.node },
        members: ["key", "provider", "operation", "state", "order_id", "created_at", "updated_at"],
        columns: [
            TableColumn("KEY", minimum: 36), TableColumn("STATE", minimum: 15), TableColumn("OPERATION", minimum: 9),
            TableColumn("ORDER", minimum: 15), TableColumn("NAMES", minimum: 16, priority: 2),
            TableColumn("CREATED", minimum: 20, priority: 1),
        ],
        cells: { entry in
            [
                entry.key, entry.state.rawValue, entry.operation.rawValue,
                "\(entry.provider)/\(entry.orderID ?? "-")", entry.names, entry.createdAt.text,
            ]
        }
    )
}

extension RecordKind where Item == Reconciliation {
    static let reconciliations = RecordKind(
        key: "entries",
        node: { reconciliation, _ in
            reconciliation.entry.node.adding("outcome", .string(reconciliation.outcomeName))
                .adding("message", .string(reconciliation.message))
        },
        members: [
            "key", "provider", "operation", "state", "order_id", "created_at", "updated_at", "outcome", "message",
        ],
        columns: [
            TableColumn("KEY", minimum: 36), TableColumn("STATE", minimum: 15), TableColumn("ORDER", minimum: 15),
            TableColumn("OUTCOME", minimum: 30),
        ],
        cells: { reconciliation in
            let entry = reconciliation.entry
            return [
                entry.key, entry.state.rawValue, "\(entry.provider)/\(entry.orderID ?? "-")", reconciliation.message,
            ]
        }
    )
}

extension Reconciliation {
    fileprivate var outcomeName: String {
        switch outcome {
        case .found: "found"
        case .notExecuted: "not_executed"
        case .notFound: "not_found"
        case .cannotTell: "cannot_tell"
        case .skipped: "skipped"
        case .settled: "settled"
        case .failed: "failed"
        @unknown default: "unknown"
        }
    }

    fileprivate var message: String {
        switch outcome {
        case .found: "The order was found."
        case .notExecuted: "It was not carried out; the same key may be sent again."
        case .notFound(let date): "Not found yet; a lookup from \(date.rounded.text) on can be the last."
        case .cannotTell: "The authority doesn't tell. A person has to look there."
        case .skipped(let date): "It may still be under way until \(date.rounded.text)."
        case .settled: "It was known already what came of it."
        case .failed(let error): "The lookup failed (\(error.code.rawValue)): \(error.message)"
        @unknown default: outcomeName
        }
    }
}

/// One entry of the journal with all that is known of it.
struct JournalEntryView {
    private let entry: JournalEntry
    private let records: [AuditRecord]

    init(_ entry: JournalEntry, _ records: [AuditRecord]) {
        self.entry = entry
        self.records = records
    }

    func print(to console: Console) {
        switch console.format {
        case .json, .ndjson: console.print(["entry": node])
        case .csv:
            console.printCSV(node.members.map(\.0))
            console.printCSV(node.members.map { CSV.cell($0.1) })
        case .table:
            let facts = [
                ("Key", entry.key), ("State", entry.state.rawValue), ("Operation", entry.operation.rawValue),
                ("Provider", entry.provider), ("Product", entry.product ?? ""), ("Order", entry.orderID ?? ""),
                ("Names", entry.names),
                ("Owner", entry.owner), ("Created", entry.createdAt.text), ("Updated", entry.updatedAt.text),
            ].filter { !$0.1.isEmpty }
            for (label, value) in facts {
                console.output.write(DisplayWidth.padded(label, to: 9) + "  " + PlainText.singleLine(value) + "\n")
            }
            printTable("Attempts", attempts, console)
            printTable("Audit", audit, console)
            if JournalState.unresolved.contains(entry.state) {
                console.output.write(
                    "\nFind out what came of it: certhost journal reconcile \(PlainText.singleLine(entry.key))\n"
                )
            }
        }
    }

    private func printTable(_ title: String, _ table: Table, _ console: Console) {
        guard !table.isEmpty else { return }
        console.output.write("\n" + console.style.heading(title) + "\n")
        console.print(table)
    }

    private var attempts: Table {
        var table = Table([
            TableColumn("STARTED", minimum: 20), TableColumn("PROVIDER"), TableColumn("OUTCOME", minimum: 10),
            TableColumn("ORDER", minimum: 8), TableColumn("MESSAGE", minimum: 20, priority: 1),
        ])
        for attempt in entry.attempts {
            table.append([
                attempt.startedAt.text, attempt.provider, attempt.outcome ?? "no answer", attempt.orderID ?? "",
                attempt.message ?? "",
            ])
        }
        return table
    }

    private var audit: Table {
        var table = Table([
            TableColumn("DATE", minimum: 20), TableColumn("PHASE"), TableColumn("PRINCIPAL"),
            TableColumn("PROVIDER"), TableColumn("ORDER", minimum: 8), TableColumn("OUTCOME", minimum: 10),
        ])
        for record in records {
            table.append([
                record.date.text, record.phase.rawValue, record.principal, record.provider, record.orderID ?? "",
                record.outcome ?? "",
            ])
        }
        return table
    }

    private var node: JSONNode {
        entry.node.adding("attempts", .array(entry.attempts.map(\.node)))
            .adding("audit_records", .array(records.map(\.node)))
    }
}

extension JournalAttempt {
    fileprivate var node: JSONNode {
        [
            "id": .string(id), "provider": .string(provider), "product": .optional(product), "owner": .string(owner),
            "started_at": .string(startedAt.text), "ended_at": .optional(endedAt?.text),
            "outcome": .optional(outcome), "message": .optional(message), "order_id": .optional(orderID),
        ]
    }
}

extension AuditRecord {
    fileprivate var node: JSONNode {
        [
            "date": .string(date.text), "phase": .string(phase.rawValue), "principal": .string(principal),
            "operation": .string(operation.rawValue), "provider": .string(provider), "key": .string(key),
            "attempt": .optional(attempt), "order_id": .optional(orderID), "outcome": .optional(outcome),
        ]
    }
}
