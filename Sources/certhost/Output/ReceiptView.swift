internal import CertProtocol
internal import Host

extension Receipt {
    /// The receipt as JSON, every key present.
    var node: JSONNode {
        [
            "provider": .string(provider),
            "operation": .string(operation.rawValue),
            "journal_key": .optional(journalKey),
            "order_id": .optional(orderID),
            "certificate_id": .optional(certificateID),
            "state": .string(state.rawValue),
            "awaiting": .strings(awaiting.map(\.rawValue)),
            "certificates_pem": .strings(certificatesPEM),
        ]
    }

    /// The order as the other commands take it.
    var reference: String? { orderID.map { "\(provider)/\($0)" } }

    /// What to do next, as sentences with the command that does it.
    var nextSteps: [String] {
        guard state == .pending else { return [] }
        let order = reference ?? "\(provider)/ORDER"
        var steps = awaiting.map { awaited in
            switch awaited {
            case .approval: "Someone has to approve it: certhost approvals list --provider \(provider)"
            case .domainValidation: "Show what has to be published: certhost validation show \(order)"
            case .organizationValidation:
                "The authority validates the organization; it gets in touch. See certhost organizations --provider \(provider)"
            case .request: "The authority waits for a signing request; hand it in at its console."
            @unknown default: "It awaits \(awaited.rawValue)."
            }
        }
        if issues {
            steps.append(
                "Wait for the certificate: the same command with "
                    + (journalKey.map { "--idempotency-key \($0) " } ?? "") + "--wait, or certhost order \(order)"
            )
        }
        return steps
    }

    /// Whether a certificate comes of it.
    var issues: Bool {
        switch operation {
        case .issue, .renew, .reissue, .duplicate: true
        default: false
        }
    }
}

extension Console {
    /// Prints a receipt: what the authority has accepted, and what to do next.
    ///
    /// - Parameters:
    ///   - receipt: the receipt.
    ///   - withCertificates: whether people get the certificates too, who have them in no file.
    func print(_ receipt: Receipt, withCertificates: Bool = true) {
        switch format {
        case .json, .ndjson: print(["receipt": receipt.node])
        case .csv:
            printCSV(receipt.node.members.map(\.0))
            printCSV(receipt.node.members.map { CSV.cell($0.1) })
        case .table:
            let rows = [
                ("Order", receipt.reference ?? ""), ("Certificate", receipt.certificateID ?? ""),
                ("Operation", receipt.operation.rawValue), ("State", receipt.state.rawValue),
                ("Awaiting", receipt.awaiting.map { $0.rawValue.replacing("_", with: " ") }.joined(separator: ", ")),
                ("Journal key", receipt.journalKey ?? ""),
            ].filter { !$0.1.isEmpty }
            let width = rows.map { DisplayWidth.of($0.0) }.max() ?? 0
            for (label, value) in rows {
                let text = PlainText.singleLine(value)
                output.write(
                    DisplayWidth.padded(label, to: width) + "  "
                        + (label == "State" ? style.status(text, text) : text) + "\n"
                )
            }
            for step in receipt.nextSteps { output.write(PlainText.singleLine(step) + "\n") }
            if withCertificates { for pem in receipt.certificatesPEM { output.write(PEMBlock.terminated(pem)) } }
        }
        output.flush()
    }
}

/// PEM text as it is printed and written to files.
enum PEMBlock {
    /// The text with a line feed at its end, which the next block needs.
    static func terminated(_ text: String) -> String { text.hasSuffix("\n") ? text : text + "\n" }

    /// Several blocks as one text.
    static func joined(_ texts: [String]) -> String { texts.map(terminated).joined() }
}
