internal import ArgumentParser
internal import CertProtocol
internal import Host

/// What every command takes that changes something at a certificate authority.
struct ChangeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A key of your own for the call: with the same content it is made once, and answered from the journal ever after.",
            discussion: "Without one it gets a random key, which is shown before anything is sent.", valueName: "key"
        )
    )
    var idempotencyKey: String?

    @Flag(help: "Show what would be done, and end. Nothing is sent and nothing written.")
    var dryRun = false

    @Flag(help: "Don't ask. Needed where nobody can be asked, and the call costs money or ends something.")
    var yes = false
}

/// `--again`
struct AgainOption: ParsableArguments {
    @Flag(
        help: "Do it although the journal has such a call of the last 24 hours, or one whose outcome isn't known."
    )
    var again = false
}
