internal import CertProtocol

/// The list in which a reissue or a duplicate of an order appears.
enum CopyList: CaseIterable {
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

    /// The lists that tell what became of a call within an order.
    static func lists(tellingOf request: FindOrderRequest) -> [CopyList] {
        // Whose certificate was to be revoked isn't known: the order's own, a reissue or a duplicate.
        if request.operation == .revoke { return request.certificateID == nil ? [] : allCases }
        return [CopyList(of: request.operation)].compactMap(\.self)
    }

    /// The word that requests for it have as their type.
    var requestType: String {
        switch self {
        case .reissues: "reissue"
        case .duplicates: "duplicate"
        }
    }
}
