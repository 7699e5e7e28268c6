internal import CertProtocol

/// The factory is a value that a host can trust before anything runs.
extension Rule {
    static let factories: [Rule] = [
        Rule(
            "factory.no-traffic", "making a provider reaches nobody",
            "A configuration is checked without touching an account, and a reload makes every provider anew.", .reads
        ) { trial in
            let factory = try await trial.factory()
            let requests = try await trial.requests {
                _ = try await trial.read("make") { () throws(CertificateError) in try factory.make() }
            }
            if let requests, requests > 0 {
                throw Finding(
                    "\(requests) requests were sent while the provider was made. Wait for the first operation.")
            }
        },
        Rule(
            "factory.settings", "each setting is declared with a name and a meaning",
            "Decoding, the reference page and the schema come from the declaration.", .reads
        ) { trial in try trial.checkSettings(of: try await trial.factory()) },
        Rule(
            "factory.required-settings", "a required setting that is missing is `invalid_configuration`, by its name",
            "A person has to find the line of the file that is wrong.", .reads
        ) { trial in
            let factory = try await trial.factory()
            let required = factory.factory.settings.settings.filter(\.isRequired)
            let nothing = "No setting is required."
            try await trial.each(required, orElse: nothing, \.name) { setting in
                var lacking = factory
                lacking.settings[setting.name] = nil
                let error = await failure { () throws(CertificateError) in try lacking.make() }
                guard error?.code == .invalidConfiguration, error?.message.contains(setting.name) == true else {
                    throw Finding(
                        "It is required and was left out, and `make` \(told(error)). Throw `invalid_configuration` with a "
                            + "message that names \(setting.name)."
                    )
                }
            }
        },
        Rule(
            "factory.capabilities", "what a provider declares doesn't change while it lives",
            "The host reads it once and refuses by it.", .reads
        ) { trial in
            let before = trial.capabilities
            let call = try await trial.probe()
            _ = await failure { () throws(CertificateError) in try await call.perform(trial.provider, trial.context()) }
            guard trial.capabilities == before else {
                throw Finding(
                    "`capabilities` is another after a call than before. Decide it when the provider is made, from its "
                        + "settings."
                )
            }
        },
    ]
}

extension Trial {
    func factory() async throws -> FactoryUnderTest {
        try await authority.factory.resolved(
            "Hand the kit the adapter's factory: describe the authority with `AuthorityUnderTest(FactoryUnderTest(…))`, or "
                + "say with `.withheld(because:)` why there is none."
        )
    }

    fileprivate func checkSettings(of factory: FactoryUnderTest) throws {
        let declared = factory.factory.settings.settings
        let isWord: (String) -> Bool = { text in
            text.first?.isLetter == true
                && text.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_" || $0 == "-") }
        }
        guard isWord(factory.factory.name), !factory.factory.title.isEmpty else {
            throw Finding(
                "The factory is named \"\(factory.factory.name)\", \"\(factory.factory.title)\". Give it a name of lower-case "
                    + "letters, digits and hyphens, and a title for people."
            )
        }
        for setting in declared {
            guard isWord(setting.name), !setting.name.contains("-") else {
                throw Finding("The setting \(setting.name) is not named in snake_case.")
            }
            guard setting.documentation.count > 10, setting.documentation.hasSuffix(".") else {
                throw Finding("The setting \(setting.name) has no sentence that says what it means.")
            }
        }
        let names = declared.map(\.name)
        guard Set(names).count == names.count else {
            throw Finding("Two settings have one name: \(names.joined(separator: ", ")).")
        }
        for name in factory.settings.keys.sorted() where !names.contains(name) {
            throw Finding("The description sets \(name), which is not declared. Declare it in the factory's settings.")
        }
    }
}
