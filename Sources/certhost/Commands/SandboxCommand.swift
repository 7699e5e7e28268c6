internal import ArgumentParser
internal import CASandbox
internal import CertProtocol

/// `certhost sandbox`
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Run servers that behave as the certificate authorities' documents say, for development and tests.",
        discussion: """
            Both APIs are served on one port of the loopback interface. A ready plugins.yaml with their addresses and keys \
            is printed; save it, and use it from another terminal. Ends at Ctrl-C.

            What becomes of an order at DigiCert is decided by what it says. Names in example.com, example.net and \
            example.org are validated already, so that organization-validated products such as ssl_plus are issued at once \
            for organization 112233; other names wait for a check, and so does every order of ssl_dv_geotrust. A check finds \
            what was to be published, unless a name has the label "unpublished". A person has to approve what is asked for \
            organization 112234 or for a name with the label "approval", as in approval.example.com; with "other-approver" \
            this key may not. Organization 112235 is not validated. "caa-forbids" in a name has the order refused.
            """
    )

    @Option(help: ArgumentHelp("The port; by default any that is free.", valueName: "number"))
    var port: UInt16 = 0

    @Option(
        help: ArgumentHelp("How many orders each authority holds besides the official samples.", valueName: "number"))
    var orders = 0

    @Option(help: ArgumentHelp("How long every answer takes at least, such as 100ms.", valueName: "duration"))
    var latency: String?

    @Flag(
        help: ArgumentHelp(
            "Answer 429 to more than 100 requests in 5 s or 1000 in 180 s with one key, as DigiCert documents.",
            discussion: "Windows are rolling and counted to the letter. There is no Retry-After."
        )
    )
    var strictLimits = false

    func validate() throws {
        guard (0...SandboxOptions.mostOrders).contains(orders) else {
            throw ValidationError("--orders has to be between 0 and \(SandboxOptions.mostOrders).")
        }
        if let latency, Duration(text: latency) == nil {
            throw ValidationError("--latency has to be a duration such as 100ms or 2s.")
        }
    }

    func run() async throws {
        let console = Console(format: .table)
        try await CommandRun(timeout: nil).run {
            let options = SandboxOptions(
                orders: orders, latency: latency.flatMap { Duration(text: $0) },
                limits: strictLimits ? SandboxOptions.documentedLimits : []
            )
            let sandbox: CASandbox
            do {
                sandbox = try await CASandbox.start(port: Int(port), options: options)
            } catch {
                console.notice(
                    "error: The sandbox could not be started on port \(port): \(error). Choose another with --port, or leave "
                        + "it out for any that is free."
                )
                throw ExitCode(1)
            }
            console.output.write(sandbox.pluginsYAML())
            console.output.flush()
            console.notice("The sandbox is listening on 127.0.0.1:\(sandbox.port). Ctrl-C ends it.")
            // Sleeps until the run is cancelled.
            while (try? await Task.sleep(for: .seconds(3600))) != nil {}
            await sandbox.stop()
            console.notice(
                "The sandbox was sent \(sandbox.requestCount) requests and answered \(sandbox.tooManyCount) of them with 429."
            )
        }
    }
}
