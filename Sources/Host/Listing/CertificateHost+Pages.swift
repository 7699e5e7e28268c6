internal import CertProtocol

/// Reading pages, for one provider and for several.
extension CertificateHost {
    /// Reads one page of a list from a provider.
    typealias PageRead<Item: Sendable> =
        @Sendable (any CertificateProvider, Cursor?, OperationContext) async throws(CertificateError) -> Page<Item>

    /// Turns the new rows of a page into what is delivered.
    typealias Refine<Item: Sendable> = @Sendable (ConfiguredProvider, [Item]) async -> Refined<Item>

    /// What is delivered of a page.
    struct Refined<Item: Sendable>: Sendable {
        var items: [Item]
        var problems: [RowProblem] = []
        var notListed = NotListed()
        /// What went wrong with more than the page's own rows; the list is read on, and the provider has failed.
        var error: CertificateError?
    }

    /// The new rows of one page.
    struct NewRows<Item: Sendable>: Sendable {
        var items: [Item]
        var problems: [RowProblem]
    }

    /// Beyond this many requests at a time nothing is gained.
    private static var mostAtATime: Int { 1024 }

    /// Reads a list to its end and hands over the new rows of each page, in the list's order.
    ///
    /// Pages whose cursors are known are requested while earlier ones are still under way, as many at a time as the provider's
    /// `concurrency` allows; less than twice as many are held.
    ///
    /// - Returns: why what was read isn't the whole list; `nil` where it is.
    func readPages<Item: Sendable>(
        _ capability: Capability, on entry: ConfiguredProvider, context: OperationContext,
        read: @escaping PageRead<Item>,
        deliver: (NewRows<Item>) async throws(CertificateError) -> Void
    ) async throws(CertificateError) -> String? {
        typealias Arrival = Result<Page<Item>, CertificateError>
        // The first page has no cursor of the adapter's; here it goes by this one.
        let first = Cursor("")
        let outcome = await withTaskGroup(of: (Cursor, Arrival).self) { group -> Result<String?, CertificateError> in
            var reader = ListReader()
            let concurrency = min(max(1, entry.configuration.concurrency), Self.mostAtATime)
            // Another page leaves as soon as one has come, also where those before it aren't there or not taken yet.
            var pages = ReadAhead<Arrival>(limit: concurrency + (concurrency - 1))
            let room = ConcurrencyLimit(concurrency)
            var shortfall: String?
            var turn = first
            func request(_ cursors: [Cursor]) {
                for cursor in cursors {
                    group.addTask {
                        guard let place = await RequestPlace(in: room) else { return (cursor, .failure(.listGivenUp)) }
                        defer { place.leave() }
                        var context = context
                        let observe = context.observe
                        context.observe = { event in
                            // The next page leaves as soon as this one has come, and doesn't wait until it is decoded.
                            if case .request(let record) = event, record.errorCode == nil { place.leave() }
                            observe?(event)
                        }
                        let start = cursor == first ? nil : cursor
                        return (cursor, await self.page(capability, on: entry, at: start, context: context, read: read))
                    }
                }
            }
            request(pages.plan(first, then: []))
            do throws(CertificateError) {
                while true {
                    guard let arrival = pages.take(turn) else {
                        guard let (cursor, arrival) = await group.next() else {
                            throw .listGivenUp
                        }
                        pages.arrived(cursor, arrival)
                        continue
                    }
                    let page = try arrival.get()
                    let step = reader.receive(ListReader.PageSummary(page))
                    // What one part of a list lacks is no reason not to read the others.
                    shortfall = shortfall ?? step.shortfall
                    if let next = step.next { request(pages.plan(next, then: next == page.next ? page.upcoming : [])) }
                    let rows = NewRows(
                        items: step.newItems.map { page.items[$0] },
                        problems: step.newProblems.map { page.problems[$0] }
                    )
                    if !rows.items.isEmpty || !rows.problems.isEmpty { try await deliver(rows) }
                    guard let next = step.next else { break }
                    turn = next
                }
                group.cancelAll()
                return .success(shortfall)
            } catch {
                group.cancelAll()
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    private func page<Item: Sendable>(
        _ capability: Capability, on entry: ConfiguredProvider, at cursor: Cursor?, context: OperationContext,
        read: PageRead<Item>
    ) async -> Result<Page<Item>, CertificateError> {
        do throws(CertificateError) {
            let page = try await call(capability, on: entry, context: context) {
                provider, context throws(CertificateError) in
                try await read(provider, cursor, context)
            }
            guard page.keys.count == page.items.count else {
                let counts = "\(page.items.count) items and \(page.keys.count) keys"
                throw CertificateError(.malformedResponse, "The adapter made a page of \(counts).")
            }
            return .success(page)
        } catch {
            return .failure(error.filled(provider: entry.id, operation: capability))
        }
    }

    /// Reads a whole list of one provider.
    ///
    /// - Throws: `malformed_response` where a row can't be read or the list isn't whole, and whatever the provider throws.
    func readAll<Item: Sendable>(
        _ capability: Capability, on entry: ConfiguredProvider, context: OperationContext,
        read: @escaping PageRead<Item>
    ) async throws(CertificateError) -> [Item] {
        var items: [Item] = []
        var problems: [RowProblem] = []
        let shortfall = try await readPages(capability, on: entry, context: context, read: read) { rows in
            items += rows.items
            problems += rows.problems
        }
        if let error = Self.incompleteness(shortfall: shortfall, problems: problems.count, first: problems.first) {
            throw error.filled(provider: entry.id, operation: capability)
        }
        return items
    }

    /// Asks several providers at once.
    func fanOut<Item: Sendable>(
        _ capability: Capability, providers ids: [String]?, context: OperationContext,
        refine: @escaping Refine<Item> = { _, items in Refined(items: items) },
        read: @escaping PageRead<Item>
    ) throws(CertificateError) -> FanOut<Item> {
        var entries: [ConfiguredProvider] = []
        if let ids {
            for id in ids where !entries.contains(where: { $0.id == id }) { entries.append(try provider(id)) }
        } else {
            entries = providers.filter(\.isEnabled)
        }
        return FanOut(
            readers: entries.map { entry in
                { emit in
                    let outcome = await self.read(
                        capability, from: entry, context: context, refine: refine, read: read, emit: emit
                    )
                    _ = await emit(.outcome(outcome))
                }
            }
        )
    }

    private func read<Item: Sendable>(
        _ capability: Capability, from entry: ConfiguredProvider, context: OperationContext,
        refine: Refine<Item>, read: @escaping PageRead<Item>, emit: FanOut<Item>.Emit
    ) async -> ProviderOutcome {
        var outcome = ProviderOutcome(provider: entry.id, kind: .ok, count: 0, problems: 0)
        guard entry.capabilities.operations.contains(capability) else {
            outcome.kind = .unsupported
            outcome.error = unsupported(capability, by: entry)
            return outcome
        }
        var notListed = NotListed()
        var firstProblem: RowProblem?
        var firstError: CertificateError?
        do throws(CertificateError) {
            let shortfall = try await readPages(capability, on: entry, context: context, read: read) {
                rows throws(CertificateError) in
                let refined = await refine(entry, rows.items)
                notListed.add(refined.notListed)
                firstError = firstError ?? refined.error
                let problems = rows.problems + refined.problems
                outcome.problems += problems.count
                firstProblem = firstProblem ?? problems.first
                if !problems.isEmpty { _ = await emit(.problems(problems, provider: entry.id)) }
                guard !refined.items.isEmpty else { return }
                outcome.count += refined.items.count
                guard await emit(.items(refined.items, provider: entry.id)) else {
                    throw CertificateError(.cancelled, "Nobody reads the list any more.")
                }
            }
            outcome.error =
                firstError
                ?? Self.incompleteness(shortfall: shortfall, problems: outcome.problems, first: firstProblem)
        } catch {
            outcome.error = error
        }
        outcome.error = outcome.error?.filled(provider: entry.id, operation: capability)
        if outcome.error != nil { outcome.kind = .failed }
        outcome.notListed = notListed.isEmpty ? nil : notListed
        return outcome
    }

    /// The error for a list that was read to its end but isn't whole.
    private static func incompleteness(shortfall: String?, problems: Int, first: RowProblem?) -> CertificateError? {
        if let shortfall { return CertificateError(.malformedResponse, shortfall) }
        guard let first else { return nil }
        let rows = problems == 1 ? "1 row" : "\(problems) rows"
        return CertificateError(.malformedResponse, "\(rows) could not be read; the first: \(first.reason)")
    }
}

/// A place among the requests under way. It is left once, however often that is said.
private final class RequestPlace: Sendable {
    private let room: ConcurrencyLimit
    private let isTaken = Locked(true)

    /// Waits for a place; `nil` where the task was cancelled meanwhile.
    init?(in room: ConcurrencyLimit) async {
        self.room = room
        guard await room.acquire() else { return nil }
    }

    func leave() {
        let isFirst = isTaken.withLock { isTaken in
            defer { isTaken = false }
            return isTaken
        }
        if isFirst { room.release() }
    }
}

extension CertificateError {
    fileprivate static var listGivenUp: CertificateError { CertificateError(.cancelled, "The list was given up.") }
}
