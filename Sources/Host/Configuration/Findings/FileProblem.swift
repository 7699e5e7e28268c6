/// Why a file can't be used.
struct FileProblem: Error, Sendable {
    /// The reason, as the rest of a sentence that starts with the file's name.
    var reason: String
    /// Whether there is no such file.
    var isMissing = false

    init(_ reason: String, isMissing: Bool = false) {
        self.reason = reason
        self.isMissing = isMissing
    }
}
