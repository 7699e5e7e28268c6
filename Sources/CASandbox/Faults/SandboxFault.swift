internal import HTTPTypes

/// Something that a sandbox does wrong on purpose.
///
/// ```swift
/// sandbox.inject(.serverError(503), on: .digiCert, times: 2)
/// sandbox.inject(.missingRows(3), on: .path("/services/v2/order/certificate"), from: 1)
/// ```
///
/// Several faults may act on one request: what the server believes is bent first, then what it answers, then how that
/// travels. Of faults that take the place of the whole answer, and of those that touch the connection, the one that was
/// injected first acts.
public struct SandboxFault: Sendable {
    enum Kind: Sendable {
        /// The routes answer under other conditions.
        case condition(@Sendable (inout SandboxConditions) -> Void)
        /// The routes aren't asked at all.
        case replacement(@Sendable () -> FaultyAnswer)
        /// The answer of the real route is changed.
        case distortion(@Sendable (inout FaultyAnswer) -> Void)
        /// The answer is right, and its way to the client isn't.
        case connection(ConnectionFault)
    }

    let kind: Kind

    init(_ kind: Kind) { self.kind = kind }
}

/// An answer in bytes, to be bent.
struct FaultyAnswer: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        /// So many bytes, made while they are sent.
        case stream(count: Int)
    }

    var status: HTTPResponse.Status
    var headers: HTTPFields = [:]
    var body: Body

    /// The body, where it isn't a stream.
    var bytes: [UInt8] {
        get { if case .bytes(let bytes) = body { bytes } else { [] } }
        set { body = .bytes(newValue) }
    }
}

// MARK: - Answers in place of the real one

extension SandboxFault {
    /// When a client that asks too much is told to come back.
    @nonexhaustive
    public enum RetryAfter: Sendable {
        /// `Retry-After` in seconds.
        case seconds(Int)
        /// `Retry-After` as the date that is so many seconds away.
        case date(inSeconds: Int)
    }

    /// Status 429, with `Retry-After` or without.
    public static func tooManyRequests(retryAfter: RetryAfter? = nil) -> SandboxFault {
        SandboxFault(
            .replacement {
                var answer = FaultyAnswer(
                    status: .tooManyRequests, headers: [.contentType: "application/json"],
                    body: .bytes(Array(#"{"errors":[{"code":"rate_limit","message":"Slow down."}]}"#.utf8))
                )
                answer.headers[.retryAfter] =
                    switch retryAfter {
                    case .seconds(let seconds): String(seconds)
                    case .date(let seconds): SandboxDates.http(after: Double(seconds))
                    case nil: nil
                    }
                return answer
            })
    }

    /// A status of 500 or above with the HTML page of whatever stands in front of the service.
    public static func serverError(_ status: Int) -> SandboxFault {
        SandboxFault(
            .replacement {
                FaultyAnswer(
                    status: .init(code: status), headers: [.contentType: "text/html"], body: .bytes(htmlPage)
                )
            })
    }

    /// A redirect, with the path and query kept away: `Location` is what is given here.
    public static func redirect(to location: String) -> SandboxFault {
        SandboxFault(
            .replacement {
                FaultyAnswer(status: .found, headers: [.location: location], body: .bytes([]))
            })
    }

    /// Status 200 without a body.
    public static let emptyBody = SandboxFault(.replacement { FaultyAnswer(status: .ok, body: .bytes([])) })

    /// Status 200 with an HTML page, as a captive portal answers.
    public static let html = SandboxFault(
        .replacement { FaultyAnswer(status: .ok, headers: [.contentType: "text/html"], body: .bytes(htmlPage)) }
    )

    /// Status 200 with 200,000,000 bytes, whose number isn't announced.
    public static let hugeBody = SandboxFault(
        .replacement {
            FaultyAnswer(
                status: .ok, headers: [.contentType: "application/json"], body: .stream(count: 200_000_000)
            )
        })

    /// Status 200 with less than half a megabyte that gzip turns into 64 MiB.
    public static let gzipBomb = SandboxFault(
        .replacement {
            FaultyAnswer(
                status: .ok, headers: [.contentType: "application/json", .contentEncoding: "gzip"],
                body: .bytes(Gzip.bomb)
            )
        })

    private static let htmlPage = Array(
        "<!DOCTYPE html><html><head><title>Sorry</title></head><body><h1>Sorry</h1></body></html>".utf8
    )
}

// MARK: - The real answer, bent

extension SandboxFault {
    /// The answer is cut in the middle, with a `Content-Length` that fits.
    public static let truncated = SandboxFault(.distortion { $0.bytes.removeLast(($0.bytes.count + 1) / 2) })

    /// A byte in the middle of the answer's first text is none that UTF-8 knows.
    public static let invalidUTF8 = SandboxFault(
        .distortion { answer in
            guard let quote = answer.bytes.firstIndex(of: UInt8(ascii: "\"")) else { return }
            answer.bytes.insert(0xFF, at: quote + 1)
        })

    /// The right body under another `Content-Type`.
    public static func contentType(_ type: String) -> SandboxFault {
        SandboxFault(.distortion { $0.headers[.contentType] = type })
    }

    /// The right body, compressed as it should be.
    public static let gzip = SandboxFault(
        .distortion { answer in
            answer.bytes = Gzip.compressed(answer.bytes)
            answer.headers[.contentEncoding] = "gzip"
        })

    /// Every object has a member that no documentation names.
    public static let unknownFields = json { JSONDistortion.withUnknownFields($0) }

    /// Every order and every certificate has a status that no documentation names.
    public static let unknownStatuses = json { JSONDistortion.withUnknownStatuses($0) }

    /// Every number is a string.
    public static let numbersAsStrings = json { JSONDistortion.withNumbersAsStrings($0) }

    /// Everything is `null` that isn't an id, or about the list itself.
    public static let nulls = json { JSONDistortion.withNulls($0) }

    /// An unknown member of the answer nests so deep.
    public static func nesting(depth: Int) -> SandboxFault {
        SandboxFault(.distortion { JSONDistortion.nest(&$0.bytes, depth: depth) })
    }

    /// How a total lies.
    @nonexhaustive
    public enum Total: Sendable {
        /// It says 1.
        case tooSmall
        /// It says ten thousand more than there are.
        case tooBig
        /// It isn't there.
        case missing
    }

    /// The request is carried out, and answered with a status of 500 or above and the HTML page of whatever stands in front
    /// of the service: whoever asked can't know what became of it.
    public static func failureAfterExecution(_ status: Int) -> SandboxFault {
        SandboxFault(
            .distortion { answer in
                answer.status = .init(code: status)
                answer.headers[.contentType] = "text/html"
                answer.bytes = htmlPage
            })
    }

    /// The number of rows that a list claims is wrong.
    public static func total(_ lie: Total) -> SandboxFault { json { JSONDistortion.withTotal(lie, $0) } }
}

// MARK: - Other conditions

extension SandboxFault {
    /// Every paged list lacks its first rows. From the second request on, it is as if they had been removed meanwhile; on
    /// the first request alone, as if they had been inserted.
    public static func missingRows(_ count: Int) -> SandboxFault {
        SandboxFault(.condition { $0.missingRows += max(0, count) })
    }

    /// Every page of a list is its first.
    public static let repeatedPage = SandboxFault(.condition { $0.ignoresPosition = true })

    /// No page has more rows than this, whatever is asked for.
    public static func clampedPages(_ rows: Int) -> SandboxFault {
        SandboxFault(.condition { $0.largestPage = max(1, rows) })
    }

    /// No key is accepted any more.
    public static let revokedKey = SandboxFault(.condition { $0.keysAreRevoked = true })

    /// The server's clock is ahead by so many minutes, or behind: its `Date` header, and what it thinks of timestamps.
    public static func clockSkew(minutes: Int) -> SandboxFault {
        SandboxFault(.condition { $0.clockOffset += Double(minutes) * 60 })
    }
}

// MARK: - Connections

extension SandboxFault {
    /// When a connection is reset.
    @nonexhaustive
    public enum Moment: Sendable {
        /// Once the request has been read.
        case beforeAnswer
        /// After half of the body.
        case duringAnswer
        /// After all of it. What is still on its way to the client may be lost.
        case afterAnswer
    }

    /// The connection is reset.
    public static func reset(_ moment: Moment) -> SandboxFault { SandboxFault(.connection(.reset(moment))) }

    /// The body comes in so many pieces, spread evenly over that time, a minute at most.
    public static func drip(pieces: Int, over time: Duration) -> SandboxFault {
        SandboxFault(.connection(.drip(pieces: max(1, pieces), time: min(max(.zero, time), .seconds(60)))))
    }

    /// Nothing comes for a minute; then the connection is closed.
    public static let hang = SandboxFault(.connection(.hang))

    /// The request is carried out, and the connection is closed without an answer: whoever asked can't know what became of
    /// it.
    public static let lostAnswer = SandboxFault(.connection(.lostAnswer))

    /// A connection that has served a request before is closed when a further one arrives on it, without an answer: what a
    /// client meets that reuses a connection just as the other side gives it up.
    public static let staleConnection = SandboxFault(.connection(.staleConnection))
}
