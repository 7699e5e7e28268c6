internal import ArgumentParser
internal import CertProtocol
internal import Host

/// `certhost approvals`
struct ApprovalsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approvals", abstract: "List, approve and reject requests that wait for a person.",
        subcommands: [List.self, Approve.self, Reject.self]
    )

    /// `certhost approvals list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the requests that wait for approval.")

        @OptionGroup var selection: ProviderSelection
        @OptionGroup var options: CommonOptions

        func run() async throws {
            try await Session.open(options) { session in
                try await session.print(
                    .approvals, named: selection.provider,
                    session.host.listApprovals(providers: selection.ids, context: session.context)
                )
            }
        }
    }

    /// `certhost approvals approve`
    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve a request. The order goes to the authority with it, and may cost money."
        )

        @OptionGroup var decision: ApprovalDecision

        func run() async throws { try await decision.make(isApproved: true) }
    }

    /// `certhost approvals reject`
    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reject a request. What was asked for is not done, and has to be asked for anew."
        )

        @OptionGroup var decision: ApprovalDecision

        func run() async throws { try await decision.make(isApproved: false) }
    }
}

/// What both decisions take.
struct ApprovalDecision: ParsableArguments {
    @Argument(help: ArgumentHelp("The request, as approvals list prints it.", valueName: "provider/request"))
    var request: RecordReference

    @Option(help: ArgumentHelp("What the decision says.", valueName: "text"))
    var comment: String?

    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: CommonOptions

    func make(isApproved: Bool) async throws {
        let decision = DecideApprovalRequest(requestID: request.id, isApproved: isApproved, comment: comment)
        try await Session.open(options, journal: change.dryRun ? .reads : .writes) { [request, change] session in
            let call = Change(.approval(decision), at: request.provider, weight: isApproved ? .costsMoney : .isFinal) {
                host, ordering, context throws(CertificateError) in
                try await host.decideApproval(decision, at: request.provider, options: ordering, context: context)
            }
            try await session.carryOut(call, change)
        }
    }
}

extension RecordKind where Item == Approval {
    static let approvals = RecordKind(
        key: "approvals",
        node: { approval, withRaw in
            let node: JSONNode = [
                "provider": .string(approval.provider), "request_id": .string(approval.requestID),
                "type": .optional(approval.type), "status": .optional(approval.status),
                "date": .optional(approval.date), "order_id": .optional(approval.orderID),
                "common_name": .optional(approval.commonName),
            ]
            return withRaw ? node.adding("raw", .raw(approval.raw)) : node
        },
        members: ["provider", "request_id", "type", "status", "date", "order_id", "common_name"],
        columns: [
            TableColumn("REQUEST", minimum: 15), TableColumn("TYPE", minimum: 8), TableColumn("STATUS", minimum: 8),
            TableColumn("COMMON NAME", minimum: 20), TableColumn("ORDER", minimum: 10, priority: 1),
            TableColumn("DATE", minimum: 10, priority: 2),
        ],
        cells: { approval in
            [
                "\(approval.provider)/\(approval.requestID)", approval.type ?? "", approval.status ?? "",
                approval.commonName ?? "", approval.orderID ?? "", approval.date?.dayText ?? "",
            ]
        }
    )
}
