internal import CertProtocol
internal import Foundation
internal import Host

/// Where data, warnings and errors go, in the form that was asked for.
struct Console: Sendable {
    let format: OutputFormat
    let style: TextStyle
    /// The columns that a table may take; `nil` where standard output is no terminal, and nothing is cut.
    let tableWidth: Int?
    let output = StandardStream.output
    let error = StandardStream.error
    let errorStyle: TextStyle

    init(format: OutputFormat, variables: [String: String] = ProcessInfo.processInfo.environment) {
        self.format = format
        style = TextStyle(isColored: Terminal.hasColor(.output, variables: variables))
        errorStyle = TextStyle(isColored: Terminal.hasColor(.error, variables: variables))
        tableWidth = StandardStream.output.isTerminal ? Terminal.width(variables: variables) : nil
    }

    func print(_ table: Table) {
        for line in table.lines(width: tableWidth, style: style) { output.write(line + "\n") }
    }

    func print(_ node: JSONNode) { output.write(node.text + "\n") }

    /// Prints a line of CSV. A terminal gets it without what it would obey; a file gets it as it is.
    func printCSV(_ cells: [String]) { output.write(csv(cells)) }

    /// A line of CSV, made fit for where it goes.
    func csv(_ cells: [String]) -> [UInt8] {
        CSV.line(output.isTerminal ? cells.map { PlainText.singleLine($0) } : cells)
    }

    /// A line for people on standard error.
    func notice(_ text: String) { error.writeLine("certhost: " + PlainText.singleLine(text)) }

    /// A row that could not be read.
    func report(_ problem: RowProblem, from provider: String) {
        output.flush()
        if format.isJSON {
            let node: JSONNode = [
                "problem": [
                    "provider": .string(provider), "reason": .string(problem.reason), "raw": .raw(problem.raw),
                ]
            ]
            error.writeLine(node.text)
        } else {
            notice("\(provider): a row could not be read: \(problem.reason) It is \(problem.raw.text.prefix(200))")
        }
    }

    /// An error, as one readable line or as JSON.
    func report(_ failure: CertificateError) {
        output.flush()
        if format.isJSON {
            error.writeLine(JSONNode.object([("error", failure.node)]).text)
        } else {
            error.writeLine("certhost: " + PlainText.singleLine(failure.sentence))
        }
    }
}

extension CertificateError {
    /// The error as JSON, every key present.
    var node: JSONNode {
        [
            "code": .string(code.rawValue),
            "provider": .optional(provider),
            "operation": .optional(operation?.rawValue),
            "message": .string(message),
            "provider_code": .optional(providerCode),
            "http_status": .optional(httpStatus),
            "retry_after": .optional(retryAfter.map { Int($0.wholeSeconds) }),
            "capability": .optional(capability?.rawValue),
            "capable_providers": .strings(capableProviders),
            "journal_key": .optional(journalKey),
            "order_id": .optional(receipt?.orderID),
        ]
    }

    /// The error for people: where, what, what to do, and the certificate authority's own words.
    var sentence: String {
        let place = [provider, operation?.rawValue].compactMap(\.self).joined(separator: " ")
        var text = "error: " + (place.isEmpty ? "" : place + ": ") + message
        // Adapters may have put the words into the message already.
        let said = providerMessage.flatMap { message.contains($0) ? nil : $0 }
        let words = [providerCode.map { "“\($0)”" }, said].compactMap(\.self)
        if !words.isEmpty {
            let words = words.joined(separator: " ")
            text += " The certificate authority says: \(words)" + (words.hasSuffix(".") ? "" : ".")
        }
        text += " (\(code.rawValue)" + (httpStatus.map { ", HTTP \($0)" } ?? "") + ")"
        return ([text] + advice).joined(separator: " ")
    }

    /// What to do about a call that changes something, as sentences with the command that does it.
    private var advice: [String] {
        var advice: [String] = []
        if let order = receipt?.reference, code != .rejected || httpStatus != nil {
            advice.append("The order is \(order).")
        }
        guard let journalKey else { return advice }
        switch code {
        case .outcomeUnknown:
            advice.append("Don't order again: certhost journal reconcile \(journalKey) finds out what came of it.")
        case .verificationFailed:
            advice.append("certhost download fetches what was issued; revoke it if it is of no use.")
        default: advice.append("The journal's key is \(journalKey).")
        }
        return advice
    }
}
