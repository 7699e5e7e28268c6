internal import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

extension DigiCert {
    /// Asks for the value to be published for an order of domain validation: the current one as long as it can be used,
    /// otherwise a new one. It may be asked for any number of times.
    ///
    /// Source: DigiCert's “DV SSL: Generate DCV token” (`PUT /order/certificate/{order_id}/dcv-random-value`).
    struct DCVRandomValueRequest: DigiCertCall {
        /// The order.
        var order: String

        var call: HTTPCall {
            HTTPCall(.put, "/order/certificate/\(order)/dcv-random-value", effect: .read, json: [:])
        }

        func read(_ answer: HTTPAnswer) throws(CertificateError) -> DCVRandomValue { try DCVRandomValue(answer) }
    }

    /// Chooses how the control of an order's domains is proven. What was published before is worth nothing any more.
    ///
    /// Source: DigiCert's “DV SSL: Change DCV method” (`PUT /order/certificate/{order_id}/dcv-method`).
    struct DCVMethodChange: DigiCertCall {
        /// The order.
        var order: String
        /// `dcv_method`.
        var method: String

        var call: HTTPCall {
            HTTPCall(
                .put, "/order/certificate/\(order)/dcv-method", effect: .mutation,
                json: ["dcv_method": .string(method)]
            )
        }

        func read(_ answer: HTTPAnswer) throws(CertificateError) -> DCVRandomValue { try DCVRandomValue(answer) }
    }
}

extension DigiCert.DCVRandomValue {
    /// Reads an answer. One without a body has no value, as for the method `email`.
    fileprivate init(_ answer: HTTPAnswer) throws(CertificateError) {
        let body = answer.body.isEmpty ? JSONValue([:]) : try answer.json()
        // `[]` has been seen where an object is empty.
        guard let value = DigiCert.DCVRandomValue(body.kind == .array ? JSONValue([:]) : body) else {
            throw answer.malformed("The random value is not an object.")
        }
        self = value
    }
}
