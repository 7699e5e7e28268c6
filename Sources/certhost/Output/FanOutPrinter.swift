internal import ArgumentParser
internal import CertProtocol
internal import Host

/// Prints a list that several providers contribute to, and says how it ended.
struct FanOutPrinter<Item: Sendable>: Sendable {
    let kind: RecordKind<Item>
    let console: Console
    let withRaw: Bool
    /// The providers in their configured order.
    let order: [String]
    /// The providers that the caller named; one of them that is unsupported is a failure.
    let named: Set<String>
    let run: CommandRun
    let progress: Progress

    /// Prints everything.
    ///
    /// - Throws: the exit status, where it isn't 0.
    func print(_ events: FanOut<Item>) async throws(ExitCode) {
        let outcomes =
            switch console.format {
            case .table: await printTable(events)
            case .json: await printJSON(events)
            case .ndjson: await printLines(events)
            case .csv: await printCSV(events)
            }
        console.output.flush()
        if console.format != .ndjson {
            for outcome in outcomes { report(outcome) }
        }
        let status = Self.status(of: outcomes, named: named)
        if status != 0 { throw ExitCode(status) }
    }

    /// Prints a list of one provider that has no outcomes in its shape: all rows, or what could be read of them.
    ///
    /// - Throws: the exit status, where it isn't 0.
    func printWhole(_ events: FanOut<Item>) async throws(ExitCode) {
        var items: [Item] = []
        let outcomes = await consume(events) { more, _ in items += more }
        // A call that failed altogether has no list to print, not even an empty one.
        if !items.isEmpty || outcomes.allSatisfy({ $0.error == nil }) { printRecords(items) }
        console.output.flush()
        for outcome in outcomes { report(outcome) }
        let status = Self.status(of: outcomes, named: named)
        if status != 0 { throw ExitCode(status) }
    }

    /// Prints records that are all there.
    func printRecords(_ items: [Item]) {
        switch console.format {
        case .table:
            var table = Table(columns)
            for item in items { table.append(cells(item)) }
            if table.isEmpty { console.notice("Nothing found.") } else { console.print(table) }
        case .csv:
            console.output.write(header)
            for item in items { console.output.write(csv(item)) }
        case .json: console.print(.object([(kind.key, .array(items.map { kind.node($0, withRaw) }))]))
        case .ndjson: for item in items { console.print(kind.node(item, withRaw)) }
        }
    }

    private var columns: [TableColumn] { kind.columns + (withRaw ? [TableColumn("RAW", minimum: 12)] : []) }

    private func cells(_ item: Item) -> [String] {
        // The member that --raw adds stands last.
        kind.cells(item) + (withRaw ? [kind.node(item, true).members.last.map { $0.1.text } ?? ""] : [])
    }

    private var header: [UInt8] { console.csv(kind.members + (withRaw ? ["raw"] : [])) }

    private func csv(_ item: Item) -> [UInt8] { console.csv(kind.node(item, withRaw).members.map { CSV.cell($0.1) }) }

    private func printTable(_ events: FanOut<Item>) async -> [ProviderOutcome] {
        var tables = Dictionary(uniqueKeysWithValues: order.map { ($0, Table(columns)) })
        let outcomes = await consume(events) { items, provider in
            for item in items { tables[provider]?.append(cells(item)) }
        }
        var table = Table(columns)
        for provider in order { tables[provider].map { table.append(contentsOf: $0) } }
        if !table.isEmpty { console.print(table) }
        for outcome in outcomes {
            guard let notListed = outcome.notListed else { continue }
            let counts = [
                count(notListed.duplicates, "duplicate", "duplicates"),
                count(notListed.reissues, "reissue", "reissues"),
            ].compactMap(\.self)
            console.output.write(
                "\(outcome.provider): \(counts.joined(separator: " and ")) not shown; --all-certificates fetches them.\n"
            )
        }
        if table.isEmpty, outcomes.contains(where: { $0.kind == .ok }) { console.notice("Nothing found.") }
        return outcomes
    }

    private func count(_ number: Int, _ one: String, _ many: String) -> String? {
        number == 0 ? nil : number == 1 ? "1 \(one)" : "\(number) \(many)"
    }

    private func printJSON(_ events: FanOut<Item>) async -> [ProviderOutcome] {
        let output = console.output
        output.write("{\"\(kind.key)\":[")
        var isFirst = true
        var ordered = OrderedOutput(order: order) { chunk in
            output.write(isFirst ? "\n" : ",\n")
            output.write(chunk)
            isFirst = false
        }
        let outcomes = await consume(events) { items, provider in
            for item in items {
                var bytes: [UInt8] = []
                kind.node(item, withRaw).write(into: &bytes)
                ordered.append(bytes, from: provider)
            }
        } finished: { outcome in
            ordered.finish(outcome.provider)
        }
        output.write("],\n\"providers\":" + JSONNode.array(outcomes.map(node)).text + "}\n")
        return outcomes
    }

    private func printCSV(_ events: FanOut<Item>) async -> [ProviderOutcome] {
        let output = console.output
        output.write(header)
        var ordered = OrderedOutput(order: order) { output.write($0) }
        return await consume(events) { items, provider in
            for item in items {
                ordered.append(csv(item), from: provider)
            }
        } finished: { outcome in
            ordered.finish(outcome.provider)
        }
    }

    private func printLines(_ events: FanOut<Item>) async -> [ProviderOutcome] {
        var bytes: [UInt8] = []
        return await consume(events) { items, _ in
            for item in items {
                bytes.removeAll(keepingCapacity: true)
                kind.node(item, withRaw).write(into: &bytes)
                bytes.append(UInt8(ascii: "\n"))
                console.output.write(bytes)
            }
            console.output.flush()
        } finished: { outcome in
            console.output.flush()
            console.error.writeLine(JSONNode.object([("outcome", node(outcome))]).text)
        }
    }

    /// Reads to the end. Outcomes come back in the configured order.
    private func consume(
        _ events: FanOut<Item>, items deliver: ([Item], String) -> Void,
        finished: (ProviderOutcome) -> Void = { _ in }
    ) async -> [ProviderOutcome] {
        var outcomes: [ProviderOutcome] = []
        for await event in events {
            switch event {
            case .items(let items, let provider):
                deliver(items, provider)
                progress.add(items.count, from: provider)
            case .problems(let problems, let provider):
                progress.clear()
                for problem in problems { console.report(problem, from: provider) }
            case .outcome(var outcome):
                outcome.error = outcome.error.map(run.translated)
                finished(outcome)
                outcomes.append(outcome)
            }
        }
        progress.clear()
        return order.compactMap { id in outcomes.first { $0.provider == id } }
    }

    private func report(_ outcome: ProviderOutcome) {
        guard let error = outcome.error else { return }
        switch outcome.kind {
        case .unsupported where !named.contains(outcome.provider):
            // Nothing is wrong; still, a provider that contributes nothing is never left out silently.
            if !console.format.isJSON { console.notice(error.message) }
        default: console.report(error)
        }
    }

    private func node(_ outcome: ProviderOutcome) -> JSONNode {
        [
            "id": .string(outcome.provider),
            "outcome": .string(outcome.kind.rawValue),
            "count": .integer(Int64(outcome.count)),
            "problems": .integer(Int64(outcome.problems)),
            "not_listed": outcome.notListed.map { counts in
                [
                    "duplicates": .integer(Int64(counts.duplicates)), "reissues": .integer(Int64(counts.reissues)),
                ]
            } ?? .null,
            "error": outcome.error?.node ?? .null,
        ]
    }

    static func status(of outcomes: [ProviderOutcome], named: Set<String>) -> Int32 {
        let succeeded = outcomes.contains { $0.kind == .ok }
        let failed = outcomes.contains { $0.kind == .failed }
        let missing = outcomes.contains { $0.kind == .unsupported && named.contains($0.provider) }
        if !succeeded || missing { return 1 }
        return failed ? 3 : 0
    }
}
