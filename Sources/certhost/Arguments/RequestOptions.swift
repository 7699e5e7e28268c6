internal import ArgumentParser
internal import CertProtocol
internal import IssuanceVerification

/// What a new certificate is to contain, and where it goes.
struct RequestOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The certificate signing request, PEM.", valueName: "file"))
    var csr: String?

    @Option(
        help: ArgumentHelp(
            "Make the key and the signing request here.",
            discussion:
                "The kind may be left out; it is \(KeyAlgorithm.default.rawValue) then. The key never leaves the machine.",
            valueName: "kind"
        )
    )
    var generateKey: KeyKind?

    @Option(
        help: ArgumentHelp(
            "Where the new key is written, for its owner alone. A file that exists is never written over.",
            valueName: "file"
        )
    )
    var keyOut: String?

    @Option(
        help: ArgumentHelp(
            "A name of the certificate; may be given several times, the first is the common name.", valueName: "name"
        )
    )
    var domain: [String] = []

    @Option(
        help: ArgumentHelp(
            "How long the certificate is to be valid, where one can choose: 199d, or its last day, 2027-06-30.",
            valueName: "period"
        )
    )
    var certificateValidity: Period?

    @Flag(
        help: """
            Follow the order until it is issued. It can be ended at any time: started again with the same \
            --idempotency-key, the command goes on with the first order.
            """
    )
    var wait = false

    @Option(
        help: ArgumentHelp(
            "Where the certificate and its chain are written once they are there, PEM, leaf first.", valueName: "file"
        )
    )
    var out: String?

    @OptionGroup var again: AgainOption

    func validate() throws {
        if csr != nil, generateKey != nil { throw ValidationError("--csr and --generate-key exclude each other.") }
        if generateKey != nil, keyOut == nil {
            throw ValidationError("--generate-key needs --key-out, the key's file.")
        }
        if keyOut != nil, generateKey == nil { throw ValidationError("--key-out goes with --generate-key only.") }
        if let keyOut, keyOut == out { throw ValidationError("--key-out and --out name the same file.") }
    }
}
