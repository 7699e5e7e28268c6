public import CertProtocol

/// Something that a certificate authority does wrong, by its name. The set is open: a description says which of them its
/// authority can be made to do.
///
/// A fault lasts until ``AuthorityUnderTest/clearFaults`` is called. It concerns every request that the description doesn't
/// exempt; those named "after execution" concern the request that carries a change out.
public struct AuthorityFault: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// The stable name (`rate-limited`).
    public let rawValue: String

    /// A fault by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The stable name.
    public var description: String { rawValue }

    /// The service answers that it is out of order (HTTP: 503).
    public static let unavailable = AuthorityFault(rawValue: "unavailable")
    /// Nobody listens where the service should be.
    public static let unreachable = AuthorityFault(rawValue: "unreachable")
    /// The service asks to come back in ``retryAfter`` (HTTP: 429 with `Retry-After`).
    public static let rateLimited = AuthorityFault(rawValue: "rate-limited")
    /// The credential isn't accepted.
    public static let wrongCredential = AuthorityFault(rawValue: "wrong-credential")
    /// The service answers with a web page and a status of success.
    public static let html = AuthorityFault(rawValue: "html")
    /// The answer is cut in the middle.
    public static let truncated = AuthorityFault(rawValue: "truncated")
    /// The service takes the request and never answers.
    public static let hang = AuthorityFault(rawValue: "hang")
    /// The service takes the request that carries a change out, and never answers. Where it isn't described, ``hang`` is taken;
    /// an adapter that reads first then hangs before it has changed anything.
    public static let hangOnChange = AuthorityFault(rawValue: "hang-on-change")
    /// A change is carried out, and its answer never arrives.
    public static let lostAnswer = AuthorityFault(rawValue: "lost-answer")
    /// A change is carried out, and answered with a failure of the server (HTTP: 500, 502).
    public static let failureAfterExecution = AuthorityFault(rawValue: "failure-after-execution")
    /// A change isn't carried out, and answered with a failure of the server (HTTP: 500, 502).
    public static let failureBeforeExecution = AuthorityFault(rawValue: "failure-before-execution")
    /// Orders or certificates have a status that no document explains.
    public static let unknownStatus = AuthorityFault(rawValue: "unknown-status")
    /// Records have a field that no document explains.
    public static let unknownFields = AuthorityFault(rawValue: "unknown-fields")
    /// Certificates at the start of the list vanish. Brought about when the first page was read.
    public static let rowsRemoved = AuthorityFault(rawValue: "rows-removed")
    /// A further certificate comes into the list, at its start where the authority puts new ones there. Brought about when the
    /// first page was read.
    public static let rowsInserted = AuthorityFault(rawValue: "rows-inserted")
    /// Every page of a list is its first.
    public static let repeatedPage = AuthorityFault(rawValue: "repeated-page")

    /// All that the kit tries.
    public static let known: [AuthorityFault] = [
        .unavailable, .unreachable, .rateLimited, .wrongCredential, .html, .truncated, .hang, .hangOnChange,
        .lostAnswer, .failureAfterExecution, .failureBeforeExecution, .unknownStatus, .unknownFields, .rowsRemoved,
        .rowsInserted,
        .repeatedPage,
    ]

    /// What ``rateLimited`` asks to wait.
    public static let retryAfter = Duration.seconds(7)
    /// The name of the static member (`rateLimited`).
    var memberName: String {
        let words = rawValue.split(separator: "-")
        return words.dropFirst().reduce(words.first.map(String.init) ?? "") {
            $0 + $1.prefix(1).uppercased() + $1.dropFirst()
        }
    }

    /// What happens, as a clause that follows "make the authority do this:".
    var words: String {
        switch self {
        case .unavailable: "answer that it is out of order"
        case .unreachable: "listen nowhere"
        case .rateLimited: "ask to come back in \(Self.retryAfter)"
        case .wrongCredential: "refuse the credential"
        case .html: "answer with a web page"
        case .truncated: "cut its answer in the middle"
        case .hang: "never answer"
        case .hangOnChange: "never answer a change"
        case .lostAnswer: "carry a change out and lose its answer"
        case .failureAfterExecution: "carry a change out and answer that it failed"
        case .failureBeforeExecution: "answer a change that it failed, without carrying it out"
        case .unknownStatus: "send a status that no document explains"
        case .unknownFields: "send a field that no document explains"
        case .rowsRemoved: "lose the first rows of the list"
        case .rowsInserted: "put a further row into the list"
        case .repeatedPage: "answer every page of the list with the first"
        default: rawValue
        }
    }
}

/// How a fault is brought about.
public struct FaultInjection: Sendable {
    /// The provider that meets the fault; `nil` for the one under test.
    let provider: (any CertificateProvider)?
}

extension Supplied where Value == FaultInjection {
    /// The authority starts to misbehave, and the provider under test meets it.
    public static func injected(_ inject: @escaping @Sendable () async throws -> Void) -> Supplied {
        .made {
            try await inject()
            return FaultInjection(provider: nil)
        }
    }

    /// Another provider of the same account meets the fault: one with a wrong credential, or with an address where nobody
    /// listens.
    public static func provider(_ make: @escaping @Sendable () async throws -> any CertificateProvider) -> Supplied {
        .made { FaultInjection(provider: try await make()) }
    }
}
