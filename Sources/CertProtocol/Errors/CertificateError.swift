/// Why an operation failed, in terms of what a caller may do about it.
///
/// Equality is the code's: `catch where error.code == .rateLimited`. ``description`` is one line, safe for logs and
/// people; ``debugDescription`` adds the underlying error.
public struct CertificateError: Error, Sendable {
    /// What class of failure this is.
    public var code: Code
    /// The id of the provider that failed; filled in by the host.
    public var provider: String?
    /// The capability whose operation failed; filled in by the host.
    public var operation: Capability?
    /// What happened, and what to do about it, as a sentence without secrets.
    public var message: String
    /// The certificate authority's own code, verbatim (`access_denied|missing_permission`, `gateway:200`).
    public var providerCode: String?
    /// The certificate authority's own message, verbatim.
    public var providerMessage: String?
    /// The status of the HTTP response, where there was one.
    public var httpStatus: Int?
    /// How long the certificate authority asks to wait.
    public var retryAfter: Duration?
    /// The capability that is missing, for `unsupported`.
    public var capability: Capability?
    /// The ids of the providers that have ``capability``, for `unsupported`.
    public var capableProviders: [String] = []
    /// The key of the journal entry of a mutating call.
    public var journalKey: String?
    /// What the certificate authority had already accepted when the call failed.
    public var receipt: Receipt?
    /// The certificate, PEM, that was issued but isn't what was asked for, for `verification_failed`.
    public var certificate: String?
    /// The failure underneath. Not shown by ``description``, because its text isn't ours.
    public var underlying: (any Error)?

    /// An error of that class.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The operation isn't offered. Thrown without I/O.
    public static func unsupported(_ capability: Capability) -> CertificateError {
        var error = CertificateError(.unsupported, "The provider does not offer \(capability.rawValue).")
        error.capability = capability
        error.operation = capability
        return error
    }

    /// Turns whatever was thrown into a `CertificateError`: itself, `cancelled` for a cancellation, and otherwise an error
    /// of the given code that keeps it as ``underlying``.
    public static func wrapping(
        _ error: any Error, as code: Code = .unavailable, _ message: String = "The call failed unexpectedly."
    ) -> CertificateError {
        if let error = error as? CertificateError { return error }
        if error is CancellationError { return CertificateError(.cancelled, "The call was cancelled.") }
        var wrapped = CertificateError(code, message)
        wrapped.underlying = error
        return wrapped
    }
}

extension CertificateError: CustomStringConvertible, CustomDebugStringConvertible {
    /// One line: provider, operation, code, message, and the certificate authority's own words.
    public var description: String {
        var line = [provider, operation?.rawValue].compactMap(\.self).joined(separator: " ")
        if !line.isEmpty { line += ": " }
        line += "\(code.rawValue): \(message)"
        if let providerCode { line += " [\(providerCode)]" }
        return line
    }

    /// ``description`` and the underlying error.
    public var debugDescription: String {
        underlying.map { "\(description) (underlying: \(String(reflecting: $0)))" } ?? description
    }
}
