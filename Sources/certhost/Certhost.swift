internal import ArgumentParser

/// The command.
@main
struct Certhost: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certhost",
        abstract: "Every certificate of every certificate authority you buy from, in one place.",
        discussion: """
            Accounts are configured in plugins.yaml. Data goes to standard output, everything else to standard error.

            Exit status: 0 done, 1 failed, 3 some providers failed, 4 outcome unknown, 64 wrong usage, 78 wrong \
            configuration, 130 interrupted.
            """,
        version: "0.1.0",
        subcommands: [
            ProvidersCommand.self, ListCommand.self, OrderCommand.self, DuplicatesCommand.self,
            SubaccountOrdersCommand.self, ChangesCommand.self, ProductsCommand.self, OrganizationsCommand.self,
            RouteCommand.self, ConfigCommand.self, SandboxCommand.self,
        ]
    )
}
