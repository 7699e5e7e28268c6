import CASandbox
import CertProtocol
import Testing

/// What goes wrong in one row of the matrix, and what has to come of it in each of its cells.
struct FaultRow: Sendable, CustomTestStringConvertible {
    /// How a call has to end.
    enum Result: Sendable, Equatable {
        /// Every row, each exactly once.
        case whole
        /// Every row that was there all the time, each exactly once, and no row that never was.
        case whatStayed
        /// A failure of that code; what came before it is right, and nothing came twice.
        case error(CertificateError.Code)
    }

    /// How many requests the certificate authority has to receive.
    enum Requests: Sendable, Equatable {
        /// As many as without a fault.
        case clean
        /// So many more.
        case more(Int)
        /// At most so many more: it isn't told from outside whether the client noticed.
        case upTo(Int)
        case exactly(Int)
    }

    struct Injection: Sendable {
        var fault: SandboxFault
        var from = 0
        var times: Int?
    }

    let name: String
    let injections: @Sendable (_ elsewhere: String) -> [Injection]
    /// The time that one operation has; short only where nothing would ever come.
    var timeout = Duration.seconds(60)
    /// The wait before a further attempt that the server has asked for.
    var leastWait = Duration.zero
    let expected: @Sendable (MatrixCell) -> (result: Result, requests: Requests)

    var testDescription: String { name }

    init(
        _ name: String, _ fault: SandboxFault, from first: Int = 0, times: Int? = nil,
        timeout: Duration = .seconds(60), leastWait: Duration = .zero, _ result: Result, _ requests: Requests
    ) {
        self.init(name, fault, from: first, times: times, timeout: timeout, leastWait: leastWait) { _ in
            (result, requests)
        }
    }

    init(
        _ name: String, _ fault: SandboxFault, from first: Int = 0, times: Int? = nil,
        timeout: Duration = .seconds(60), leastWait: Duration = .zero,
        expected: @escaping @Sendable (MatrixCell) -> (result: Result, requests: Requests)
    ) {
        self.name = name
        injections = { _ in [Injection(fault: fault, from: first, times: times)] }
        self.timeout = timeout
        self.leastWait = leastWait
        self.expected = expected
    }

    /// A row whose fault needs the address of another server.
    init(
        _ name: String, elsewhere: @escaping @Sendable (String) -> SandboxFault, _ result: Result, _ requests: Requests
    ) {
        self.name = name
        injections = { [Injection(fault: elsewhere($0))] }
        expected = { _ in (result, requests) }
    }
}

/// The expectations of the whole matrix, with their reasons. Three retries are configured, so that what fails each time is
/// asked four times.
enum FaultTable {
    static let rows = throttled + failing + unreadable + readable + connections + lists + credentials

    // MARK: - Throttling

    /// A 429 is retried and its wait honoured, unless the wait is longer than the operation may take.
    private static let throttled: [FaultRow] = [
        FaultRow(
            "429 once, Retry-After in seconds", .tooManyRequests(retryAfter: .seconds(2)), times: 1,
            leastWait: .milliseconds(1900), .whole, .more(1)),
        // A date has no fractions, so that up to a second is lost on the way.
        FaultRow(
            "429 once, Retry-After as a date", .tooManyRequests(retryAfter: .date(inSeconds: 5)), times: 1,
            leastWait: .seconds(4), .whole, .more(1)),
        FaultRow("429 once, without Retry-After", .tooManyRequests(), times: 1, .whole, .more(1)),
        FaultRow("429 always", .tooManyRequests(), .error(.rateLimited), .exactly(4)),
        FaultRow(
            "429 with a wait beyond the deadline", .tooManyRequests(retryAfter: .seconds(3600)), .error(.rateLimited),
            .exactly(1)),
    ]

    // MARK: - Failing servers

    /// What a read did not get it may ask for again, whatever the body of a 5xx is.
    private static let failing: [FaultRow] =
        [500, 502, 503].flatMap { status in
            [
                FaultRow("\(status) with HTML once", .serverError(status), times: 1, .whole, .more(1)),
                FaultRow("\(status) with HTML always", .serverError(status), .error(.unavailable), .exactly(4)),
            ]
        } + [
            // Not one of the statuses that speak of the moment (500, 502, 503, 504).
            FaultRow("501 with HTML", .serverError(501), .error(.unavailable), .exactly(1))
        ]

    // MARK: - Answers that can't be read

    /// Nothing but the operator can mend these, so they are told at once, and an excerpt of the body with them.
    private static let unreadable: [FaultRow] = [
        FaultRow("empty 200", .emptyBody, .error(.malformedResponse), .exactly(1)),
        FaultRow("truncated JSON", .truncated, .error(.malformedResponse), .exactly(1)),
        FaultRow("invalid UTF-8", .invalidUTF8, .error(.malformedResponse), .exactly(1)),
        FaultRow("HTML with 200", .html, .error(.malformedResponse), .exactly(1)),
        FaultRow("gzip bomb", .gzipBomb, .error(.malformedResponse), .exactly(1)),
        FaultRow("200 MB body", .hugeBody, .error(.malformedResponse), .exactly(1)),
        FaultRow("nesting 100,000 deep", .nesting(depth: 100_000), .error(.malformedResponse), .exactly(1)),
        // Followed, it would carry the credential to another origin.
        FaultRow(
            "redirect to another host", elsewhere: { .redirect(to: $0) }, .error(.malformedResponse), .exactly(1)),
    ]

    // MARK: - Answers that are odd, and can be read

    /// Certificate authorities change their answers without notice; what can be understood has to be.
    private static let readable: [FaultRow] = [
        FaultRow("JSON as text/html", .contentType("text/html"), .whole, .clean),
        FaultRow("gzip", .gzip, .whole, .clean),
        FaultRow("unknown fields", .unknownFields, .whole, .clean),
        FaultRow("numbers as strings", .numbersAsStrings, .whole, .clean),
        FaultRow("nulls", .nulls, .whole, .clean),
        FaultRow("nesting 100 deep", .nesting(depth: 100), .whole, .clean),
    ]

    // MARK: - Connections

    /// A lost connection is retried. A deadline isn't: it covers the retries too.
    private static let connections: [FaultRow] = [
        FaultRow("reset before the response, once", .reset(.beforeAnswer), times: 1, .whole, .more(1)),
        FaultRow(
            "reset before the response, always", .reset(.beforeAnswer), .error(.unavailable), .exactly(4)),
        FaultRow("reset during the response, once", .reset(.duringAnswer), times: 1, .whole, .more(1)),
        FaultRow(
            "reset during the response, always", .reset(.duringAnswer), .error(.unavailable), .exactly(4)),
        // The reset may overtake the answer, which then has to be asked for again; or meet the next request.
        FaultRow("reset after the response", .reset(.afterAnswer), times: 1, .whole, .upTo(1)),
        FaultRow("slow drip", .drip(pieces: 10, over: .milliseconds(50)), .whole, .clean),
        FaultRow(
            "slow drip beyond the deadline", .drip(pieces: 60, over: .seconds(60)), timeout: .seconds(2),
            .error(.timeout), .exactly(1)),
        FaultRow("hang", .hang, timeout: .seconds(2), .error(.timeout), .exactly(1)),
        // Only a list of several pages uses a connection again, and not where its pool makes a new one.
        FaultRow("keep-alive connection closed unnoticed", .staleConnection, from: 1, times: 1) { cell in
            (.whole, cell.isPaged ? .upTo(1) : .clean)
        },
    ]

    // MARK: - Lists that move and lie

    private static let lists: [FaultRow] = [
        FaultRow("rows removed while a list is read", .missingRows(3), from: 1) { cell in
            switch (cell.isPaged, cell.authority) {
            // Pages overlap by some rows, so the gap is noticed: one page is read again from further back, and the list
            // then takes a page more.
            case (true, .digiCert): (.whatStayed, .more(2))
            // What slips through one half of the list stands in the other.
            case (true, .ncp): (.whatStayed, .clean)
            case (false, _): (.whole, .clean)
            }
        },
        // The rows that come in at the front are shown once more at the start of the next page.
        FaultRow("rows inserted while a list is read", .missingRows(3), times: 1) { cell in
            (cell.isPaged ? .whatStayed : .whole, .clean)
        },
        // A page without anything new is the end, and where the total says that there is more, no good one.
        FaultRow("a page that repeats", .repeatedPage) { cell in
            guard cell.isPaged else { return (.whole, .clean) }
            // NAVER Cloud's list has two halves, and both are tried.
            return (.error(.malformedResponse), .exactly(cell.authority == .digiCert ? 2 : 4))
        },
        FaultRow("a total that is too small", .total(.tooSmall), .whole, .clean),
        FaultRow("a total that is too big", .total(.tooBig), expected: readsPastTheEnd),
        FaultRow("no total", .total(.missing), expected: readsPastTheEnd),
    ]

    /// DigiCert's last page can't be told from a short one in the middle, so one more is asked for. NAVER Cloud's lists are
    /// read to the empty page in any case.
    private static let readsPastTheEnd:
        @Sendable (MatrixCell) -> (result: FaultRow.Result, requests: FaultRow.Requests) = {
            (.whole, $0.isPaged && $0.authority == .digiCert ? .more(1) : .clean)
        }

    // MARK: - Credentials and clocks

    private static let credentials: [FaultRow] = [
        FaultRow("the key revoked", .revokedKey, .error(.authentication), .exactly(1)),
        // The pages before it have been delivered; nothing is tried again.
        FaultRow("the key revoked midway", .revokedKey, from: 1) { cell in
            cell.isPaged ? (.error(.authentication), .exactly(2)) : (.whole, .clean)
        },
        FaultRow("a clock four minutes ahead", .clockSkew(minutes: 4), .whole, .clean),
        FaultRow("a clock four minutes behind", .clockSkew(minutes: -4), .whole, .clean),
        // Only NAVER Cloud's signatures carry the time.
        FaultRow("a clock six minutes ahead", .clockSkew(minutes: 6), expected: refusedBySignature),
        FaultRow("a clock six minutes behind", .clockSkew(minutes: -6), expected: refusedBySignature),
    ]

    private static let refusedBySignature:
        @Sendable (MatrixCell) -> (result: FaultRow.Result, requests: FaultRow.Requests) = {
            $0.authority == .ncp ? (.error(.authentication), .exactly(1)) : (.whole, .clean)
        }
}
