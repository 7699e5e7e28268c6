internal import CertProtocol

/// A list is read whole, page by page, even while it moves.
extension Rule {
    static let lists: [Rule] = [
        Rule(
            "lists.end", "each list ends, and all of its rows can be read",
            "Whoever reads a list follows `next` and `nextPart`. A list that never ends hangs the host; a row that can't be "
                + "read makes a listing fail.", .reads
        ) { trial in
            let nothing = "The provider declares no list."
            try await trial.each(trial.declaredLists, orElse: nothing, \.rawValue) { capability in
                let walk = try await trial.walk(try await trial.list(capability))
                if let problem = walk.problems.first {
                    throw Finding("A row can't be read: \(problem.reason). The row: \(problem.raw.text.prefix(300))")
                }
            }
        },
        Rule(
            "lists.small-pages", "small pages show the same rows as large ones",
            "A row that falls between two pages is a certificate that nobody renews.", .reads
        ) { trial in
            let list = try await trial.pagedList()
            let whole = try await trial.walk(list)
            let size = try trial.smallPage(whole)
            let pieces = try await trial.walk(list, pageSize: size)
            let missing = Set(whole.rows.map(\.key)).subtracting(pieces.rows.map(\.key))
            guard missing.isEmpty, whole.rows.count == pieces.rows.count else {
                throw Finding(
                    "Read in pages of \(size) the list has \(pieces.rows.count) rows, and \(whole.rows.count) "
                        + "otherwise. Check where `next` starts."
                )
            }
        },
        Rule(
            "lists.filter", "a filter loses no row that it lets through",
            "A provider may hand a filter on to the authority. The host filters again, but can't bring back what is missing.",
            .reads
        ) { try await $0.tryFilters() },
        Rule(
            "lists.upcoming", "each of `upcoming` can be read on its own, in any order",
            "The host reads pages ahead, several at a time.", .reads
        ) { try await $0.tryUpcoming() },
        Rule(
            "lists.foreign-cursor", "a cursor that isn't the adapter's is refused without traffic",
            "A cursor may come from a file or from another version. Read as the first page it would show rows twice.",
            .reads
        ) { trial in
            let nothing = "The provider declares no list."
            try await trial.each(trial.declaredLists, orElse: nothing, \.rawValue) { capability in
                let list = try await trial.list(capability)
                let call = PreparedCall(capability, "with a foreign cursor") {
                    provider, context throws(CertificateError) in
                    .page(try await list.read(provider, Cursor("conformance: not yours"), nil, context))
                }
                try await trial.refusesWithoutTraffic(call, "A cursor that isn't one of this list")
            }
        },
        Rule(
            "lists.rows-removed", "nothing that stays is lost while rows vanish",
            "Accounts are used while they are listed. An offset alone skips as many rows as vanished before it.",
            .mutates
        ) { try await $0.tryMoving(.rowsRemoved) },
        Rule(
            "lists.rows-inserted", "nothing is lost while rows come in",
            "As for rows that vanish.", .mutates
        ) { try await $0.tryMoving(.rowsInserted) },
        Rule(
            "lists.repeated-page", "a row has the same key on every page",
            "By its keys a reader sees that an authority repeats a page, and ends the list.", .disturbs
        ) { trial in
            let list = try await trial.pagedList()
            let whole = try await trial.walk(list)
            let size = try trial.smallPage(whole)
            let advice = "Make the keys from the rows' ids, not from their places."
            let repeated = try await trial.with(.repeatedPage) { provider in
                do {
                    return try await trial.walk(list, pageSize: size, at: provider)
                } catch let error as Finding {
                    throw Finding("The authority answered every page with the first. \(error.message) \(advice)")
                }
            }
            guard repeated.rows.count <= whole.rows.count else {
                throw Finding(
                    "The authority answered every page with the first, and \(repeated.rows.count) rows came of it. \(advice)"
                )
            }
        },
    ]
}

extension Trial {
    /// The fewest rows that are asked for.
    static let smallestPage = 2
    /// The rows that a list needs to have several pages.
    private static let fewestRows = 3 * smallestPage

    /// A size that makes several pages of a list, and not too many.
    fileprivate func smallPage(_ whole: ListWalk) throws -> Int {
        try requireSeveralRows(whole.rows.count)
        return max(Self.smallestPage, (whole.rows.count + 3) / 4)
    }

    func requireSeveralRows(_ count: Int) throws {
        guard count < Self.fewestRows else { return }
        throw lacking(
            "The list has \(count) rows, too few for several pages. Describe an authority with at least "
                + "\(Self.fewestRows)."
        )
    }

    func walk(
        _ list: ListSource, pageSize: Int? = nil, at other: (any CertificateProvider)? = nil,
        afterPage: (Int, ListedPage) async throws -> Void = { _, _ in }
    ) async throws -> ListWalk {
        try await ListWalk.read(
            list, at: other ?? provider, pageSize: pageSize, context: { context() }, afterPage: afterPage
        )
    }

    /// The list whose pages can be made small.
    fileprivate func pagedList() async throws -> ListSource {
        try requireDeclared(.listCertificates)
        guard capabilities.pageSize != nil else {
            throw NotApplicable(reason: "No page size is declared, so the list has no pages.")
        }
        return try await list(.listCertificates)
    }

    fileprivate func tryUpcoming() async throws {
        let list = try await pagedList()
        let size = try smallPage(try await walk(list))
        var first: ListedPage?
        let walk = try await walk(list, pageSize: size) { number, page in
            if !page.upcoming.isEmpty, number == 1 { first = page }
        }
        guard let first, let next = first.next else {
            throw NotApplicable(reason: "The first page names no pages after the next one.")
        }
        var keys = Set(first.rows.map(\.key))
        // Backwards, so that nothing can lean on the page before.
        for cursor in ([next] + first.upcoming).reversed() {
            let page = try await read("The page at the upcoming cursor \(cursor)") { () throws(CertificateError) in
                try await list.read(provider, cursor, size, context())
            }
            keys.formUnion(page.rows.map(\.key))
        }
        let expected = walk.rows.prefix(keys.count).map(\.key)
        guard Set(expected) == keys else {
            throw Finding(
                "The first page, the next one and those of `upcoming` show \(keys.count) rows, which are not the first "
                    + "\(keys.count) of the list. Name every page in its order, without gaps."
            )
        }
    }

    fileprivate func tryMoving(_ fault: AuthorityFault) async throws {
        let list = try await pagedList()
        let before = try await walk(list)
        let size = try smallPage(before)
        var injected: FaultInjection?
        let moving: ListWalk
        let after: ListWalk
        do {
            moving = try await walk(list, pageSize: size) { number, _ in
                if number == 1 { injected = try await inject(fault) }
            }
            after = try await walk(list, at: injected?.provider)
            try await authority.clearFaults()
        } catch {
            try await authority.clearFaults()
            throw error
        }
        let stayed = Set(before.rows.map(\.key)).intersection(after.rows.map(\.key))
        guard Set(after.rows.map(\.key)) != Set(before.rows.map(\.key)) else {
            throw Finding(
                "The list is the same after the fault \(fault). Let `faults[.\(fault.memberName)]` change it.")
        }
        let lost = stayed.subtracting(moving.rows.map(\.key))
        guard lost.isEmpty else {
            throw Finding(
                "The authority was made to \(fault.words) while it was read, and \(lost.count) rows that stayed were not "
                    + "shown. Let pages overlap (`Page.overlap`) and name where to go back to (`Page.rewind`), or read by a "
                    + "key instead of an offset."
            )
        }
    }
}
