internal import CertProtocol

/// What a local authority refuses, with a code of its own for each reason (`provider_code`).
extension CertificateError {
    /// Something that the authority doesn't issue.
    static func refused(_ code: String, _ message: String) -> CertificateError {
        coded(.rejected, code, message)
    }

    /// Something that no authority could read.
    static func malformed(_ code: String, _ message: String) -> CertificateError {
        coded(.invalidRequest, code, message)
    }

    /// There is no such order.
    static func noOrder(_ what: String) -> CertificateError {
        coded(.notFound, "no_order", "The local CA has no order with \(what).")
    }

    /// An order whose record is there and can't be read.
    static func damaged(_ record: String, _ reason: String) -> CertificateError {
        coded(
            .malformedResponse, "damaged_record",
            "The order's record \(record) \(reason). Restore it from a backup."
        )
    }

    /// The folder of the authority can't be used as it is.
    static func unusable(_ path: String, _ what: String) -> CertificateError {
        coded(.invalidConfiguration, "damaged_authority", "\(path) \(what)")
    }

    private static func coded(_ code: Code, _ providerCode: String, _ message: String) -> CertificateError {
        var error = CertificateError(code, message)
        error.providerCode = providerCode
        return error
    }
}
