import CertProtocol

/// What a broken provider does wrong: one thing each.
enum Breakage: Sendable, Hashable {
    // Capabilities
    case declaresWithoutDoing(Capability)
    case declaresAndFails(Capability)
    case doesWithoutDeclaring(Capability)
    case asksBeforeRefusing(Capability)

    // What belongs to them
    case finds(OrderReference.Wrong)
    case sendsWholeList
    case mixesFormats
    case revokesEveryScope
    case replacesReasons
    case refusesKeys
    case wantsRequestForRenewal
    case takesRequestForItsOwnKey

    // Lists
    case neverEnds
    case skipsRowBetweenPages
    case leavesGapInUpcoming
    case takesAnyCursor
    case pagesByOffset
    case stopsAtFirstTotal
    case keysByPlace
    case sharesKeys
    case losesFilteredRows

    // Records
    case namesNoProvider
    case dropsRaw
    case guessesStatus
    case dropsUnknownFields

    // Errors
    case gives(CertificateError.Code, insteadOf: CertificateError.Code)
    case losesRetryAfter
    case doubtsWhatWasNotSent
    case checksNothing
    case hasNoHealthCheck

    // Time
    case ignoresDeadline
    case ignoresCancellation
    case sendsAfterDeadline
    case sendsWhenCancelled

    // Changes
    case asksNobody
    case asksLate
    case asksWithoutDeadline
    case ignoresRefusal
    case sendsAgain
    case claimsIssued

    // The journal
    case deniesOrders
    case tellsNothing
    case forgetsLostAnswers
    case findsAnything

    // Secrets
    case showsKeyInErrors
    case keepsKeyAsText
    case logsKey

    // The factory
    case asksWhenMade
    case documentsNothing
    case needsNoKey
    case changesItsMind
}

extension OrderReference {
    /// How a lookup goes wrong.
    enum Wrong: Sendable, Hashable {
        case anotherOrder
    }
}
