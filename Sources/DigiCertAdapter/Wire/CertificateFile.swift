internal import AdapterHTTP
internal import HTTPTypes

extension DigiCert {
    /// A certificate to download.
    ///
    /// Sources: DigiCert's “Download certificate by format” (`GET /certificate/{certificate_id}/download/format/{format}`), and
    /// the same by order (`GET /certificate/download/order/{order_id}/format/{format}`), which has the order's active
    /// certificate.
    struct CertificateFile: DigiCertCall {
        /// The order.
        var order: String
        /// The certificate; `nil` for the order's active one.
        var certificate: String?
        /// `pem_all` or `p7b` (“Glossary”, certificate formats).
        var format: String

        var call: HTTPCall {
            let target: RequestTarget =
                if let certificate {
                    "/certificate/\(certificate)/download/format/\(format)"
                } else {
                    "/certificate/download/order/\(order)/format/\(format)"
                }
            return HTTPCall(.get, target, headers: [.accept: "*/*"])
        }

        /// The body is the file.
        func read(_ answer: HTTPAnswer) -> HTTPAnswer { answer }
    }
}
