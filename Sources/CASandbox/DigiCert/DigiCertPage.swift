internal import CertProtocol

/// Lists of the API, in pages ("Services API", "Pagination").
enum DigiCertPage {
    /// One page by `offset`, `limit` and `sort`: the limit that was applied is echoed, and a page without rows has no
    /// array at all.
    static func answer(
        _ name: String,
        _ query: QueryItems,
        count everything: Int,
        row: @escaping @Sendable (Int) -> JSONNode
    ) throws -> Answer {
        let asked = try number("limit", in: query)
        let part = try ListPart(of: everything, limit: asked == 0 ? nil : asked, largest: maximumLimit) { _ in
            try number("offset", in: query) ?? 0
        }
        let isDescending = try isDescending(query["sort"])
        let paging: JSONNode = [
            "total": .integer(Int64(part.total)), "limit": .integer(Int64(part.limit)),
            "offset": .integer(Int64(part.offset)),
        ]
        guard part.count > 0 else { return .json(["page": paging]) }
        let list = ListBody(
            name: name,
            count: part.count,
            row: { row(part.position($0, isDescending: isDescending)) },
            tail: [("page", paging)]
        )
        return Answer(body: .list(list))
    }

    /// `limit` is at most this, and this where it isn't given ("Services API", "Pagination").
    private static let maximumLimit = 1000

    private static func number(_ name: String, in query: QueryItems) throws -> Int? {
        guard let text = query[name] else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw DigiCertAnswers.badRequest("\(name) must be a whole number.")
        }
        return number
    }

    /// Orders were created in the order of their ids, so that both fields sort alike. The first field decides.
    private static func isDescending(_ sort: String?) throws -> Bool {
        guard let field = sort?.split(separator: ",").first else { return false }
        guard ["id", "order_id", "date_created", "name"].contains(field.drop { $0 == "-" }) else {
            throw DigiCertAnswers.badRequest("Sorting by \(field) isn't possible.")
        }
        return field.hasPrefix("-")
    }
}
