internal import AdapterHTTP
internal import CertProtocol

/// The list in which a reissue or a duplicate of an order appears.
enum CopyList {
    case reissues
    case duplicates

    /// The list that an operation adds to; `nil` where it adds to none.
    init?(of operation: Capability) {
        switch operation {
        case .reissue: self = .reissues
        case .duplicate: self = .duplicates
        default: return nil
        }
    }

    /// The word that requests for it have as their type.
    var requestType: String {
        switch self {
        case .reissues: "reissue"
        case .duplicates: "duplicate"
        }
    }

    /// The items of the list.
    ///
    /// - Throws: what the call throws, and `malformed_response` where a row can't be read, since it could be the one that is
    ///   looked for.
    func items(
        of order: String, at api: DigiCertAPI, _ context: OperationContext
    ) async throws(CertificateError) -> [DigiCert.DuplicateCertificate] {
        let list =
            switch self {
            case .reissues: try await api.listReissues(order: order, context: context)
            case .duplicates: try await api.listDuplicates(order: order, context: context)
            }
        return try list.rows.map { row throws(CertificateError) in
            guard let item = DigiCert.DuplicateCertificate(row) else {
                throw list.answer.malformed("A certificate of order \(order) has no readable id.")
            }
            return item
        }
    }
}

/// A certificate signing request without what differs between spellings of the same one: labels and line breaks.
struct SigningRequestText: Equatable {
    private let base64: String

    init(_ text: String) {
        base64 = text.replacing(/-----[A-Z ]+-----/, with: "").filter { !$0.isWhitespace }
    }
}
