internal import CertProtocol

/// Which failures prove what, and where another certificate authority helps.
///
/// | code of a mutating call | carried out? | next target of the route |
/// |---|---|---|
/// | `unavailable`, `rate_limited`, `timeout` | no | yes: another authority may be there, and have time |
/// | `permission`, `rejected`, `unsupported` | no | yes: another account or authority may do it |
/// | `authentication`, `invalid_configuration` | no | no: a broken configuration has to be mended, not to move orders elsewhere unseen |
/// | `invalid_request`, `not_found` | no | no: the request is wrong, and stays wrong |
/// | `cancelled` | no | no: the caller doesn't want it any more |
/// | anything else, `outcome_unknown` first | perhaps | never |
extension CertificateError.Code {
    /// Whether this code of a mutating call proves that it was not carried out.
    var provesNothingOrdered: Bool { Self.proofs.contains(self) }

    /// Whether the next target of a route is tried after this code.
    var allowsFailover: Bool { Self.failovers.contains(self) }

    private static let failovers: Set<Self> = [
        .unavailable, .rateLimited, .timeout, .permission, .rejected, .unsupported,
    ]

    private static let proofs = failovers.union([
        .authentication, .invalidConfiguration, .invalidRequest, .notFound, .cancelled,
    ])
}
