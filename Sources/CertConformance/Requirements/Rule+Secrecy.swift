internal import CertProtocol

/// A credential appears nowhere.
extension Rule {
    static let secrecy: [Rule] = [
        Rule(
            "secrecy.errors", "no error shows a secret, whatever went wrong",
            "Errors are logged, sent on, and pasted into tickets.", .disturbs
        ) { trial in
            let search = try await trial.secretSearch()
            let call = try await trial.probe()
            let faults = trial.authority.faults.keys.filter { Trial.answering.contains($0) }
            let names = faults.sorted { $0.rawValue < $1.rawValue }
            let nothing = "No fault is described that an error could come of."
            try await trial.each(names, orElse: nothing, \.rawValue) { fault in
                let error = try await trial.with(fault) { provider in
                    await failure { () throws(CertificateError) in try await call.perform(provider, trial.context()) }
                }
                if let error { try search.look(in: error, "The error") }
            }
        },
        Rule(
            "secrecy.changes", "no error of a change shows a secret",
            "What is sent along with an order, or a key that is registered, may come back in the authority's answer.",
            .mutates
        ) { trial in
            let search = try await trial.secretSearch()
            try await trial.eachMutation { call in
                for fault in [AuthorityFault.unavailable, .failureAfterExecution, .wrongCredential] {
                    let error = try await trial.with(fault) { provider in
                        await failure { () throws(CertificateError) in
                            try await call.perform(provider, trial.context(key: Trial.freshKey()))
                        }
                    }
                    if let error { try search.look(in: error, "The error") }
                }
            }
        },
        Rule(
            "secrecy.dumps", "no way to print a provider, its factory or its settings shows a secret",
            "A debugger, a crash report and `dump` see what `description` hides. Keep credentials in a `Secret`.",
            .reads
        ) { trial in
            let search = try await trial.secretSearch()
            try search.look(in: trial.provider, "The provider")
            do {
                let factory = try await trial.factory()
                try search.look(in: factory.factory, "The factory")
                try search.look(in: SettingsValues(factory.settings), "The settings")
            } catch let error as NotApplicable {
                trial.note("the factory was not searched: \(error.reason)")
            }
        },
        Rule(
            "secrecy.logs", "no log line shows a secret",
            "Logs travel further than their writers think.", .mutates
        ) { trial in
            let search = try await trial.secretSearch()
            _ = try await trial.logLines()
            let call = try await trial.probe()
            _ = await failure { () throws(CertificateError) in try await call.perform(trial.provider, trial.context()) }
            if trial.capabilities.operations.contains(.issue), case .made = trial.samples.issue.kind {
                let order = try await trial.mutation(.issue)
                _ = await failure { () throws(CertificateError) in
                    try await order.perform(trial.provider, trial.context(key: Trial.freshKey()))
                }
            }
            if trial.authority.faults[.wrongCredential] != nil, trial.mode == .everything {
                do {
                    _ = try await trial.with(.wrongCredential) { provider in
                        await failure { () throws(CertificateError) in
                            try await call.perform(provider, trial.context())
                        }
                    }
                } catch let error as NotApplicable {
                    trial.note("no refused credential was logged: \(error.reason)")
                }
            }
            let lines = try await trial.logLines()
            guard !lines.isEmpty else {
                throw Finding("Nothing was logged, so nothing is proven. Let `logs` capture the level trace.")
            }
            for line in lines { try search.look(in: line, "A log line") }
        },
    ]
}

extension Trial {
    /// The faults that end in an error at once.
    fileprivate static let answering: Set<AuthorityFault> = [
        .unavailable, .unreachable, .rateLimited, .wrongCredential, .html, .truncated,
    ]

    fileprivate func secretSearch() async throws -> SecretSearch {
        let secrets = try await authority.secrets.resolved(
            "Name in `secrets` the texts that must appear nowhere: keys, passwords, tokens; or say with "
                + "`.withheld(because:)` why there are none."
        )
        guard !secrets.isEmpty, secrets.allSatisfy({ $0.utf8.count >= 8 }) else {
            throw Finding("`secrets` is empty or has one of fewer than 8 characters, which would be found by chance.")
        }
        return SecretSearch(secrets)
    }

    fileprivate func logLines() async throws -> [String] {
        try await authority.logs.resolved(
            "Hand the kit in `logs` what was logged so far, at the level trace, or say with `.withheld(because:)` why that "
                + "can't be seen."
        )
    }
}
