extension ConfigurationProblem {
    // MARK: Files of environments

    static func environmentFile(of owner: String, environment: String) -> Self {
        .init(
            "environment-file",
            "The file holds an environment and is no configuration of its own; name the one that it belongs to.",
            // Whole, so that it can be copied; it is what the user has written, differently cut.
            suggestion: "--config \(owner) --environment \(environment)")
    }

    static func unusableEnvironmentFile(_ path: String, _ problem: FileProblem, isChosen: Bool) -> Self {
        .init(
            "unreadable-file", "The environment's file “\(shown(path))” \(problem.reason).",
            severity: isChosen ? .error : .warning)
    }
}
