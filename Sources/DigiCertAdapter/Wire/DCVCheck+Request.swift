internal import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

extension DigiCert {
    /// Has DigiCert look for what was published for an order of domain validation. It may look any number of times.
    ///
    /// Source: DigiCert's “DV SSL: Check DCV” (`PUT /order/certificate/{order_id}/check-dcv`).
    struct DCVCheckRequest: DigiCertCall {
        /// The order.
        var order: String

        var call: HTTPCall { HTTPCall(.put, "/order/certificate/\(order)/check-dcv", effect: .read, json: [:]) }

        func read(_ answer: HTTPAnswer) throws(CertificateError) -> DCVCheck {
            guard let check = DCVCheck(try answer.jsonObject()) else {
                throw answer.malformed("The check is not an object.")
            }
            return check
        }
    }
}
