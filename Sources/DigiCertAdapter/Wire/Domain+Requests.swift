internal import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

extension DigiCert {
    /// Has DigiCert look for what was published for a domain of the account. It may look any number of times. Nobody documents
    /// the answer; the domain is read again instead.
    ///
    /// Endpoint: `PUT /domain/{domain_id}/dcv/validate-token`.
    struct DomainCheckRequest: DigiCertCall {
        /// The domain.
        var domain: Int64
        /// `token`: what was to be published.
        var token: String

        var call: HTTPCall {
            HTTPCall(
                .put, "/domain/\(String(domain))/dcv/validate-token", effect: .read, json: ["token": .string(token)]
            )
        }
    }

    /// Chooses how the control of a domain of the account is proven.
    ///
    /// Source: DigiCert's “Change DCV method” (`PUT /domain/{domain_id}/dcv/method`).
    struct DomainMethodChange: DigiCertCall {
        /// The domain.
        var domain: Int64
        /// `dcv_method`.
        var method: String

        var call: HTTPCall {
            HTTPCall(
                .put, "/domain/\(String(domain))/dcv/method", effect: .mutation,
                json: ["dcv_method": .string(method)]
            )
        }
    }
}
