internal import ArgumentParser
internal import CertProtocol
internal import Host

/// `certhost validation`
struct ValidationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validation", abstract: "Prove the control of an order's domains.",
        subcommands: [Show.self, Check.self, SetMethod.self]
    )

    /// `certhost validation show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what has to be published for the domains of an order, ready to be pasted into a zone."
        )

        @Argument(help: ArgumentHelp("The order, as list prints it.", valueName: "provider/order"))
        var order: RecordReference

        @OptionGroup var options: CommonOptions

        func run() async throws {
            try await Session.open(options) { session in
                let found = try await session.host.domainValidations(
                    of: order.id, at: order.provider, context: session.context
                )
                session.print(found, of: order)
            }
        }
    }

    /// `certhost validation check`
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have the authority look for what was published, and show what it sees.",
            discussion: """
                It may be asked as often as one likes, except where the adapter is acme: such a server looks once, and an order \
                whose proof isn't there has ended. Publish first, and check then.
                """
        )

        @Argument(help: ArgumentHelp("The order, as list prints it.", valueName: "provider/order"))
        var order: RecordReference

        @OptionGroup var options: CommonOptions

        func run() async throws {
            try await Session.open(options) { session in
                let found = try await session.host.checkDomainValidations(
                    of: order.id, at: order.provider, context: session.context
                )
                session.print(found, of: order)
            }
        }
    }

    /// `certhost validation set-method`
    struct SetMethod: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Choose another way to prove the control of an order's domains.",
            discussion: "What was published for the way before has no use any more."
        )

        @Argument(help: ArgumentHelp("The order, as list prints it.", valueName: "provider/order"))
        var order: RecordReference

        @Argument(help: ArgumentHelp("The way, in the authority's word, such as dns-txt-token.", valueName: "method"))
        var method: String

        @OptionGroup var change: ChangeOptions
        @OptionGroup var options: CommonOptions

        func run() async throws {
            let request = SetDomainValidationMethodRequest(orderID: order.id, method: method)
            try await Session.open(options, journal: change.dryRun ? .reads : .writes) { session in
                let answered = Locked<[DomainValidation]>([])
                let call = Change(.domainValidationChange(request), at: order.provider, weight: .light) {
                    host, ordering, context throws(CertificateError) in
                    let answer = try await host.setDomainValidationMethod(
                        request, at: order.provider, options: ordering, context: context
                    )
                    answered.withLock { $0 = answer.validations }
                    return answer.receipt
                }
                guard let receipt = try await session.make(call, change) else { return }
                session.console.print(receipt)
                // A program gets the receipt alone, as of every call that changes something.
                let validations = answered.withLock(\.self)
                if session.console.format == .table, !validations.isEmpty {
                    session.console.output.write("\n")
                    session.print(validations, of: order)
                }
            }
        }
    }
}

extension Session {
    /// Prints what has to be published: a table of where each domain stands, and the records as a zone file has them.
    fileprivate func print(_ validations: [DomainValidation], of order: RecordReference) {
        printer(.validations, order: [order.provider], named: [order.provider]).printRecords(validations)
        guard console.format == .table else { return }
        let open = validations.filter { !$0.isProven }
        let records = open.compactMap(\.zoneRecord)
        if !records.isEmpty {
            console.output.write("\nPublish in the zone:\n" + records.map { $0 + "\n" }.joined())
        }
        let pages = open.compactMap(\.webPage)
        if !pages.isEmpty {
            console.output.write("\nPublish on the web server:\n" + pages.map { $0 + "\n" }.joined())
        }
        if !open.isEmpty {
            console.output.write(
                "\nThen: certhost validation check \(PlainText.singleLine("\(order.provider)/\(order.id)"))\n"
            )
        }
    }
}

extension DomainValidation {
    /// Whether nothing has to be published any more.
    fileprivate var isProven: Bool {
        switch status?.lowercased() {
        case "complete", "completed", "active", "valid", "approved", "issued", "valid_status_success": true
        default: false
        }
    }

    /// The type of what is no record of a zone, but a page of a web server: its name is a URL, its value the content.
    private static let webPageType = "HTTP"

    /// The page as an address and its content; `nil` where none is to be published.
    fileprivate var webPage: String? {
        guard let recordName, let recordValue, recordType == Self.webPageType else { return nil }
        return PlainText.singleLine("\(recordName)  \(recordValue)")
    }

    /// The record as a zone file has it (RFC 1035, section 5); `nil` where none is to be published.
    fileprivate var zoneRecord: String? {
        guard let recordName, let recordType, let recordValue, recordType != Self.webPageType else { return nil }
        let name = recordName.hasSuffix(".") ? recordName : recordName + "."
        let value =
            switch recordType.uppercased() {
            case "TXT":
                "\"" + recordValue.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
            case "CNAME": recordValue.hasSuffix(".") ? recordValue : recordValue + "."
            default: recordValue
            }
        return PlainText.singleLine("\(name)  IN  \(recordType)  \(value)")
    }
}

extension RecordKind where Item == DomainValidation {
    static let validations = RecordKind(
        key: "validations",
        node: { validation, withRaw in
            let node: JSONNode = [
                "provider": .string(validation.provider), "order_id": .optional(validation.orderID),
                "domain": .string(validation.domain), "method": .optional(validation.method),
                "status": .optional(validation.status), "record_name": .optional(validation.recordName),
                "record_type": .optional(validation.recordType), "record_value": .optional(validation.recordValue),
                "expires_at": .optional(validation.expiresAt),
            ]
            return withRaw ? node.adding("raw", .raw(validation.raw)) : node
        },
        members: [
            "provider", "order_id", "domain", "method", "status", "record_name", "record_type", "record_value",
            "expires_at",
        ],
        columns: [
            TableColumn("DOMAIN", minimum: 20), TableColumn("STATUS", minimum: 8),
            TableColumn("METHOD", minimum: 10, priority: 1), TableColumn("EXPIRES", minimum: 10, priority: 2),
            TableColumn("RECORD", minimum: 16, priority: 3), TableColumn("TYPE", minimum: 5, priority: 3),
            TableColumn("VALUE", minimum: 16, priority: 4),
        ],
        cells: { validation in
            [
                validation.domain, validation.status ?? "", validation.method ?? "",
                validation.expiresAt?.dayText ?? "", validation.recordName ?? "", validation.recordType ?? "",
                validation.recordValue ?? "",
            ]
        }
    )
}
