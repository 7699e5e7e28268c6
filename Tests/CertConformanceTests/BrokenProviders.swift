import CertProtocol

/// A provider that breaks one requirement, and the words that the message has to have.
struct BrokenProvider: Sendable, CustomStringConvertible {
    let requirement: String
    let breakage: Breakage
    let words: [String]

    init(_ requirement: String, _ breakage: Breakage, _ words: String...) {
        self.requirement = requirement
        self.breakage = breakage
        self.words = words
    }

    var description: String { "\(requirement): \(breakage)" }

    static let all = capabilities + extras + lists + records + errors + time + changes + lookups + secrets + factories

    private static let capabilities = Capability.allCases.flatMap { capability in
        let id = "capability.\(capability.rawValue)"
        return [
            BrokenProvider(
                id, .declaresWithoutDoing(capability), "is declared, and threw", "unsupported", "Implement it"),
            BrokenProvider(id, .declaresAndFails(capability), "is declared and does not work", "Mend it"),
            BrokenProvider(
                id, .doesWithoutDeclaring(capability), "can be reached and is not declared",
                "Put \(capability.rawValue) into"),
            BrokenProvider(
                id, .asksBeforeRefusing(capability), "requests reached the authority", "Refuse before anything is sent"),
        ]
    }

    private static let extras = [
        BrokenProvider("extras.lookups", .finds(.anotherOrder), "The order 101 was asked for, and 104 came"),
        BrokenProvider("extras.page-size", .sendsWholeList, "A page of 2 rows was asked for, and all 8 came"),
        BrokenProvider("extras.download-formats", .mixesFormats, "The download of pem has the wrong shape"),
        BrokenProvider(
            "extras.revocation-scopes", .revokesEveryScope, "The scope certificate is not offered", "invalid_request"),
        BrokenProvider(
            "extras.revocation-reasons", .replacesReasons, "The reason keyCompromise is not offered", "invalid_request"),
        BrokenProvider(
            "extras.revocation-by-key", .refusesKeys, "`revokesByKey` is declared, and the revocation threw"),
        BrokenProvider(
            "extras.renewal-request", .wantsRequestForRenewal, "`renewalNeedsRequest` is false", "declare true"),
        BrokenProvider(
            "extras.products-without-request", .takesRequestForItsOwnKey,
            "A signing request for the product own-key is not offered"),
    ]

    private static let lists = [
        BrokenProvider("lists.end", .neverEnds, "did not end within 500 pages", "Set `next` to nil"),
        BrokenProvider("lists.small-pages", .skipsRowBetweenPages, "Read in pages of 2", "Check where `next` starts"),
        BrokenProvider("lists.end", .sharesKeys, "Two rows of a page have the same key"),
        BrokenProvider(
            "lists.filter", .losesFilteredRows, "1 certificates with the status issued", "leave the rest to the host"),
        BrokenProvider("lists.upcoming", .leavesGapInUpcoming, "without gaps"),
        BrokenProvider(
            "lists.foreign-cursor", .takesAnyCursor, "A cursor that isn't one of this list", "invalid_request"),
        BrokenProvider("lists.rows-removed", .pagesByOffset, "1 rows that stayed were not shown", "Page.overlap"),
        BrokenProvider("lists.rows-inserted", .stopsAtFirstTotal, "1 rows that stayed were not shown"),
        BrokenProvider("lists.repeated-page", .keysByPlace, "Make the keys from the rows' ids"),
    ]

    private static let records = [
        BrokenProvider(
            "records.identity", .namesNoProvider, "names the provider \"\"", "\"\(MemoryDescription.providerID)\""),
        BrokenProvider("records.raw", .dropsRaw, "has the raw value null", "Keep the authority's JSON object"),
        BrokenProvider("records.unknown-status", .guessesStatus, "Map what isn't known to `.unknown(_:)`"),
        BrokenProvider("records.unknown-fields", .dropsUnknownFields, "Keep the JSON as it was sent"),
    ]

    private static let errors = [
        BrokenProvider(
            "errors.authentication", .gives(.unavailable, insteadOf: .authentication), "refuse the credential",
            "Throw `authentication`"),
        BrokenProvider(
            "errors.not-found", .gives(.rejected, insteadOf: .notFound), "The order 999 does not exist",
            "Throw `not_found`"),
        BrokenProvider("errors.health", .hasNoHealthCheck, "The health check threw", "Implement `checkHealth`"),
        BrokenProvider("errors.health", .checksNothing, "the health check succeeded", "throw `authentication`"),
        BrokenProvider("errors.rate-limited", .losesRetryAfter, "`retryAfter` is nil"),
        BrokenProvider(
            "errors.rate-limited", .gives(.unavailable, insteadOf: .rateLimited), "Throw `rate_limited`"),
        BrokenProvider(
            "errors.unavailable", .gives(.rejected, insteadOf: .unavailable), "answer that it is out of order",
            "Throw `unavailable`"),
        BrokenProvider(
            "errors.unreachable", .gives(.timeout, insteadOf: .unavailable), "listen nowhere", "Throw `unavailable`"),
        BrokenProvider(
            "errors.unreachable", .doubtsWhatWasNotSent, "listen nowhere, and issue threw outcome_unknown",
            "Throw `unavailable`"),
        BrokenProvider(
            "errors.malformed-response", .gives(.notFound, insteadOf: .malformedResponse), "answer with a web page",
            "Throw `malformed_response`"),
    ]

    private static let time = [
        BrokenProvider("time.deadline", .ignoresDeadline, "went on after its deadline passed"),
        BrokenProvider("time.deadline", .gives(.unavailable, insteadOf: .timeout), "Throw `timeout`"),
        BrokenProvider("time.cancellation", .ignoresCancellation, "went on after it was cancelled"),
        BrokenProvider("time.cancellation", .gives(.timeout, insteadOf: .cancelled), "Throw `cancelled`"),
        BrokenProvider(
            "time.mutation-deadline", .gives(.timeout, insteadOf: .outcomeUnknown),
            "The deadline passed after 1 requests",
            "Throw `outcome_unknown`"),
        BrokenProvider(
            "time.mutation-cancellation", .gives(.cancelled, insteadOf: .outcomeUnknown),
            "The call was cancelled after 1",
            "Throw `outcome_unknown`"),
        BrokenProvider("time.cancelled-before", .sendsWhenCancelled, "Its task was cancelled before"),
        BrokenProvider("time.expired-deadline", .sendsAfterDeadline, "The deadline had passed before"),
    ]

    private static let changes = [
        BrokenProvider("mutations.receipt", .claimsIssued, "its 0 certificates are no chain"),
        BrokenProvider("mutations.permission-asked", .asksNobody, "without asking", "context.beforeSending"),
        BrokenProvider("mutations.permission-asked", .asksLate, "It asked after the request had left"),
        BrokenProvider("mutations.permission-asked", .asksWithoutDeadline, "It asked without its deadline"),
        BrokenProvider("mutations.permission-refused", .ignoresRefusal, "1 requests that change something were sent"),
        BrokenProvider("mutations.sent-once", .sendsAgain, "2 requests that change something reached it", "never send"),
        BrokenProvider(
            "mutations.lost-answer", .gives(.unavailable, insteadOf: .outcomeUnknown), "lose its answer",
            "Throw `outcome_unknown`"),
        BrokenProvider(
            "mutations.failure-after-execution", .gives(.unavailable, insteadOf: .outcomeUnknown),
            "answer that it failed", "Throw `outcome_unknown`"),
    ]

    private static let lookups = [
        BrokenProvider("find-order.after-success", .deniesOrders, "It was carried out", "cannotTell"),
        BrokenProvider("find-order.after-success", .tellsNothing, "answers `cannotTell` for every operation"),
        BrokenProvider("find-order.after-lost-answer", .forgetsLostAnswers, "It was carried out", "cannotTell"),
        BrokenProvider("capability.find-order", .findsAnything, "by a key that was never used"),
        BrokenProvider("find-order.never-executed", .findsAnything, "It was never carried out, and find-order found"),
    ]

    private static let secrets = [
        BrokenProvider("secrecy.errors", .showsKeyInErrors, "The error shows a secret", "redact"),
        BrokenProvider("secrecy.changes", .showsKeyInErrors, "issue: The error shows a secret", "redact"),
        BrokenProvider(
            "secrecy.dumps", .keepsKeyAsText, "The provider shows a secret", "Keep credentials in a `Secret`"),
        BrokenProvider("secrecy.logs", .logsKey, "A log line shows a secret"),
    ]

    private static let factories = [
        BrokenProvider("factory.no-traffic", .asksWhenMade, "1 requests were sent while the provider was made"),
        BrokenProvider("factory.settings", .documentsNothing, "The setting api_key has no sentence"),
        BrokenProvider("factory.required-settings", .needsNoKey, "It is required and was left out", "names api_key"),
        BrokenProvider("factory.capabilities", .changesItsMind, "is another after a call than before"),
    ]
}
