internal import CertProtocol

/// What an id of the unified model names: an order, or a certificate that belongs to none.
///
/// Only Advanced certificates have orders. Where an order's id is asked for, every other certificate stands for itself as
/// `certificate-` and its number.
enum NCPReference: Hashable {
    case order(String)
    case certificate(Int64)

    private static let prefix = "certificate-"

    /// Reads an id.
    ///
    /// - Throws: `invalid_request` for what can't be one.
    init(_ id: String) throws(CertificateError) {
        if id.hasPrefix(Self.prefix) {
            self = .certificate(try Self.number(String(id.dropFirst(Self.prefix.count))))
            return
        }
        guard !id.isEmpty, id.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == 0x2D || $0 == 0x5F }) else {
            throw .unsent("an order id consists of letters, digits, - and _; this one does not.")
        }
        self = .order(id)
    }

    /// The order that an id names.
    ///
    /// - Throws: `invalid_request` for a certificate without an order too: it can't do what is asked.
    static func order(_ id: String, toBe done: String) throws(CertificateError) -> String {
        guard case .order(let order) = try NCPReference(id) else {
            throw .unsent("only certificates of an order, the Advanced ones, can be \(done).")
        }
        return order
    }

    /// The number of a certificate. Zero is none: where the service takes numbers it would mean every certificate.
    static func number(_ text: String) throws(CertificateError) -> Int64 {
        guard text.utf8.allSatisfy(\.isDigit), let number = Int64(text), number > 0 else {
            throw .unsent("the id of a certificate is a number above 0; “\(text)” is none.")
        }
        return number
    }

    /// The id of what a certificate belongs to.
    static func id(of certificate: Certificate) -> String {
        certificate.orderID ?? prefix + (certificate.certificateID ?? "")
    }
}
