internal import AdapterHTTP
internal import CertProtocol

extension PageWindow {
    /// The most rows that a page can have (“Services API”).
    static let largestDigiCertLimit = 1000

    /// The window of a cursor of a DigiCert list; the first one without a cursor.
    ///
    /// - Throws: `invalid_request` for a cursor that isn't of this adapter.
    init(digiCert cursor: Cursor?, pageSize: Int? = nil) throws(CertificateError) {
        try self.init(
            cursor, pageSize: pageSize, largestLimit: Self.largestDigiCertLimit, authority: "DigiCert"
        )
    }

    /// Refuses further pages of a list that has one.
    ///
    /// - Throws: `invalid_request` for any cursor.
    static func requireFirst(_ cursor: Cursor?) throws(CertificateError) {
        guard cursor == nil else {
            throw CertificateError(.invalidRequest, "The cursor is not one of a DigiCert list.")
        }
    }
}

extension RowList {
    /// The page that the list is.
    ///
    /// - Parameter map: makes the record of a row.
    /// - Returns: the page.
    func page<Item>(_ map: (Row, JSONValue) -> Item) -> Page<Item> {
        var page = Page(reading: rows, overlap: window?.overlap ?? 0, redactor: answer.redactor) { raw in
            Row(raw).map { ($0.key, map($0, raw)) }
        }
        page.total = total
        window?.complete(&page, rows: rows.count, echoedLimit: limit, isSorted: isSorted)
        return page
    }
}
