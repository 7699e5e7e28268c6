extension CertificateError {
    /// A class of failures. The set is open: compare with the members, and treat what you don't know as a failure.
    public struct Code: RawRepresentable, Sendable, Hashable, Codable, CustomStringConvertible {
        /// The stable name (`rate_limited`).
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The stable name.
        public var description: String { rawValue }

        /// The provider doesn't offer the operation; nothing was sent. Ask one of `capableProviders`.
        public static let unsupported = Code(rawValue: "unsupported")
        /// The request is wrong and stays wrong. Change it.
        public static let invalidRequest = Code(rawValue: "invalid_request")
        /// The configuration is wrong. A person has to mend it.
        public static let invalidConfiguration = Code(rawValue: "invalid_configuration")
        /// There is no such thing at this provider.
        public static let notFound = Code(rawValue: "not_found")
        /// The credential isn't accepted. A person has to replace it; don't retry.
        public static let authentication = Code(rawValue: "authentication")
        /// The credential is good but may not do this. Ask a person, or another provider.
        public static let permission = Code(rawValue: "permission")
        /// The certificate authority asks to slow down. Retry after `retryAfter`.
        public static let rateLimited = Code(rawValue: "rate_limited")
        /// The certificate authority can't be reached or fails on its side; nothing was carried out. Retry or fail over.
        public static let unavailable = Code(rawValue: "unavailable")
        /// The deadline passed and nothing was carried out. Retry with more time, or fail over.
        public static let timeout = Code(rawValue: "timeout")
        /// A mutating call may or may not have been carried out. Look it up by the journal key; never send it again blindly.
        public static let outcomeUnknown = Code(rawValue: "outcome_unknown")
        /// The certificate authority understood and said no. Change the request, or fail over.
        public static let rejected = Code(rawValue: "rejected")
        /// A certificate was issued, but it isn't what was asked for. The error carries it. Ask a person.
        public static let verificationFailed = Code(rawValue: "verification_failed")
        /// The answer can't be read. Nothing of it is passed off as whole.
        public static let malformedResponse = Code(rawValue: "malformed_response")
        /// The caller cancelled before anything was carried out.
        public static let cancelled = Code(rawValue: "cancelled")
    }
}

extension CertificateError: Equatable {
    /// Two errors are equal when their codes are.
    public static func == (left: CertificateError, right: CertificateError) -> Bool { left.code == right.code }
}
