internal import ArgumentParser
internal import CertProtocol
internal import IssuanceVerification

/// The command.
@main
struct Certhost: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certhost",
        abstract: "Every certificate of every certificate authority you buy from, in one place.",
        discussion: """
            Accounts are configured in plugins.yaml. Data goes to standard output, everything else to standard error. What \
            costs money or ends something is asked for on a terminal, and needs --yes without one.

            Exit status: 0 done, 1 failed, 3 some providers failed, 4 outcome unknown, 64 wrong usage, 78 wrong \
            configuration, 130 interrupted.
            """,
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "Look",
                subcommands: [
                    ProvidersCommand.self, ListCommand.self, OrderCommand.self, DuplicatesCommand.self,
                    SubaccountOrdersCommand.self, ChangesCommand.self, ProductsCommand.self, OrganizationsCommand.self,
                ]
            ),
            CommandGroup(
                name: "Order",
                subcommands: [
                    IssueCommand.self, ValidationCommand.self, ApprovalsCommand.self, DownloadCommand.self,
                    RenewCommand.self, ReissueCommand.self, DuplicateCommand.self, ExtendCommand.self,
                    RevokeCommand.self, CancelCommand.self, ImportCommand.self, DeleteCommand.self,
                    AutoRenewalCommand.self, JournalCommand.self,
                ]
            ),
            CommandGroup(
                name: "Set up",
                subcommands: [
                    RouteCommand.self, ConfigCommand.self, SandboxCommand.self, AdapterCommand.self,
                ]
            ),
        ]
    )

    /// As the library's own `main`, except that wrong usage is reported as JSON where a JSON format was asked for.
    static func main() async {
        do {
            let arguments = OptionalValue.filled(
                in: Array(CommandLine.arguments.dropFirst()), with: KeyAlgorithm.default.rawValue
            )
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            guard exitCode(for: error) == .validationFailure, let format = requestedFormat, format.isJSON else {
                exit(withError: error)
            }
            Console(format: format).report(CertificateError(.invalidRequest, message(for: error)))
            exit(withError: ExitCode.validationFailure)
        }
    }

    /// The format that the arguments name, as far as they can be understood.
    private static var requestedFormat: OutputFormat? {
        let arguments = CommandLine.arguments
        let separate = Array(zip(arguments, arguments.dropFirst())).last { $0.0 == "--format" }?.1
        let joined = arguments.last { $0.hasPrefix("--format=") }?.dropFirst("--format=".count)
        return (separate ?? joined.map(String.init)).flatMap(OutputFormat.init(rawValue:))
    }
}
