internal import ArgumentParser
internal import CertProtocol
internal import Host

/// `certhost journal`
struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Show what was ordered from here, and find out what came of calls without an answer.",
        discussion: """
            Every call that changes something is written to the journal before it is sent. With the embedded sandbox it is a \
            file of its own beside the real one.
            """,
        subcommands: [List.self, Show.self, Reconcile.self]
    )

    /// `certhost journal list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the entries, oldest first.")

        @Option(help: "Only entries in this state; may be given several times.")
        var state: [Choice<JournalState>] = []

        @OptionGroup var options: CommonOptions

        func run() async throws {
            try await Session.open(options, asksProviders: false, journal: .reads) { session in
                let entries = try await session.host.journalEntries(in: state.isEmpty ? nil : Set(state.map(\.value)))
                session.printer(.journalEntries, order: [], named: []).printRecords(entries)
            }
        }
    }

    /// `certhost journal show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one entry, with every attempt and its audit records."
        )

        @Argument(help: ArgumentHelp("The key of the entry.", valueName: "key"))
        var key: String

        @OptionGroup var options: CommonOptions

        func run() async throws {
            try await Session.open(options, asksProviders: false, journal: .reads) { session in
                guard let (entry, records) = try await session.host.journalEntry(key) else {
                    throw CertificateError(.notFound, "The journal has no entry with the key \(key).")
                }
                JournalEntryView(entry, records).print(to: session.console)
            }
        }
    }

    /// `certhost journal reconcile`
    struct Reconcile: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask the authorities what came of calls whose answer was lost.",
            discussion: """
                Nothing is ordered. What is found is written down; what isn't found twice, the second time a settle time after \
                the call has ended at the latest, was not carried out, and its key may be sent again. The exit status is 4 while \
                something isn't known yet.
                """
        )

        @Argument(help: ArgumentHelp("The key of one entry; by default all without an outcome.", valueName: "key"))
        var key: String?

        @Option(
            help: ArgumentHelp(
                "How long after the end of a call an authority may take until it shows the order.",
                discussion: "Too short a time may have something ordered twice.", valueName: "time"
            )
        )
        var settleTime = TimeSpan(.seconds(60))

        @OptionGroup var options: CommonOptions

        func run() async throws {
            try await Session.open(options, journal: .writes, settleTime: settleTime.duration) { session in
                let reconciled = try await session.host.reconcile(key, context: session.context)
                if reconciled.isEmpty, session.console.format == .table {
                    session.console.notice("There is nothing to find out: the outcome of every call is known.")
                    return
                }
                session.printer(.reconciliations, order: [], named: []).printRecords(reconciled)
                let open = reconciled.filter { JournalState.unresolved.contains($0.entry.state) }
                guard let first = open.first else { return }
                session.console.output.flush()
                session.console.notice(
                    "\(open.count) of \(reconciled.count) not known yet; run certhost journal reconcile "
                        + (open.count == 1 ? "\(first.entry.key) " : "") + "again."
                )
                throw ExitCode(4)
            }
        }
    }
}
