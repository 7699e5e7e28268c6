/// What a sandbox's routes and gates go by while they answer one request.
struct SandboxConditions: Sendable {
    /// The rows at the start of each paged list that aren't there.
    var missingRows = 0
    /// Whether each page is the first.
    var ignoresPosition = false
    /// The most rows of a page.
    var largestPage: Int?
    /// Whether no key is accepted.
    var keysAreRevoked = false
    /// By how many seconds the server's clock is ahead.
    var clockOffset = 0.0

    /// The conditions of the request that this task answers.
    @TaskLocal static var current = SandboxConditions()
}
