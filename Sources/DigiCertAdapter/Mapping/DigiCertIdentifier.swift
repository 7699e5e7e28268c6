internal import CertProtocol

/// An identifier that DigiCert's paths take. Whatever can't be one is refused before anything is sent.
enum DigiCertIdentifier {
    /// An order id: digits.
    static func order(_ text: String) throws(CertificateError) -> String {
        guard isDecimal(text) else {
            throw CertificateError(.invalidRequest, "An order id of DigiCert consists of digits, as in 123456.")
        }
        return text
    }

    /// The id of a certificate: the number that it is.
    static func certificate(_ text: String) throws(CertificateError) -> String {
        String(try number(text, of: "certificate"))
    }

    /// The id of a request: the number that it is.
    static func request(_ text: String) throws(CertificateError) -> String {
        String(try number(text, of: "request"))
    }

    /// The id of an organization.
    static func organization(_ text: String) throws(CertificateError) -> Int64 {
        try number(text, of: "organization")
    }

    /// The id of an order that is renewed.
    static func renewedOrder(_ text: String) throws(CertificateError) -> Int64 { try number(text, of: "order") }

    /// The id of a thing of that kind as the number that it is: digits, and not too many for 64 bits.
    private static func number(_ text: String, of kind: String) throws(CertificateError) -> Int64 {
        guard isDecimal(text), let number = Int64(text) else {
            throw CertificateError(.invalidRequest, "The id of a DigiCert \(kind) consists of digits, as in 123456.")
        }
        return number
    }

    /// What order info is asked with: an order id, or a serial number or thumbprint in upper-case hexadecimal without
    /// separators.
    static func reference(_ reference: OrderReference) throws(CertificateError) -> String {
        if case .order(let id) = reference { return try order(id) }
        let text = hexadecimal(reference.value)
        guard !text.isEmpty, text.utf8.allSatisfy({ "0123456789ABCDEF".utf8.contains($0) }) else {
            throw CertificateError(
                .invalidRequest,
                "A \(reference.lookup.rawValue) consists of hexadecimal digits; colons, hyphens and spaces between them "
                    + "are ignored."
            )
        }
        return text
    }

    /// Refuses an order that was found by something else than what was asked for.
    ///
    /// DigiCert takes order ids, serial numbers and thumbprints at one path, so a serial number of decimal digits can hit
    /// the order that has it as its id.
    static func check(_ info: DigiCert.OrderInfo, is reference: OrderReference) throws(CertificateError) {
        let found: String?
        switch reference {
        case .order(let id):
            guard withoutLeadingZeros(id) != String(info.id) else { return }
            throw CertificateError(
                .malformedResponse, "DigiCert was asked for order \(id) and answered with order \(info.id)."
            )
        case .serial: found = info.certificate?.serialNumber
        case .thumbprint: found = info.certificate?.thumbprint
        }
        let asked = withoutLeadingZeros(hexadecimal(reference.value))
        guard asked == String(info.id), found.map({ withoutLeadingZeros(hexadecimal($0)) }) != asked else { return }
        throw CertificateError(
            .notFound,
            "DigiCert has no order whose certificate has this \(reference.lookup.rawValue); it is the id of an order. "
                + "Look that up by its order id."
        )
    }

    private static func isDecimal(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func hexadecimal(_ text: String) -> String {
        text.filter { !$0.isWhitespace && $0 != ":" && $0 != "-" }.uppercased()
    }

    private static func withoutLeadingZeros(_ text: String) -> String { String(text.drop { $0 == "0" }) }
}
