public import CertProtocol

extension NCP {
    /// What stands around every answer of the service.
    public struct Envelope: Sendable {
        /// `returnCode` (String): `0` for a success.
        public let returnCode: String?
        /// `returnMessage` (String): `Success`, or what went wrong.
        public let returnMessage: String?
        /// `totalCount` (Integer): the number of rows of the list. For `getPaidCertificates` the documentation leaves open
        /// whether orders or certificates are counted, and whether of the page or of all.
        public let totalCount: Int64?
        /// `totalRows` (Integer): in v1 the length of the list; in v2 unreliable.
        public let totalRows: Int64?

        /// Reads what stands around an answer.
        public init(_ value: JSONValue) {
            returnCode = value.string("returnCode")
            returnMessage = value.string("returnMessage")
            totalCount = value.integer("totalCount")
            totalRows = value.integer("totalRows")
        }
    }

    /// An answer that is a list.
    public struct ListAnswer<Row: Sendable>: Sendable {
        /// What stands around the list.
        public let envelope: Envelope
        /// The rows: `orders`, `sslCertificateList`, or whatever the endpoint calls them.
        public let rows: [Row]
        /// The rows that can't be read.
        public let problems: [RowProblem]

        /// The number of rows that the service claims, of whatever kind.
        public var claimedTotal: Int? { (envelope.totalCount ?? envelope.totalRows).flatMap(Int.init(exactly:)) }
    }
}

/// A record that lists consist of.
protocol NCPRow: Sendable {
    /// Reads a row; `nil` where it can't be read at all.
    init?(_ value: JSONValue)
    /// What a row has to have, for people.
    static var necessity: String { get }
}

extension NCP.ListAnswer where Row: NCPRow {
    /// Reads rows that were found in `body`.
    init(_ body: JSONValue, rows values: [JSONValue]) {
        envelope = NCP.Envelope(body)
        (rows, problems) = Row.read(values)
    }

    /// Reads the list that is called by one of these names.
    ///
    /// `nil` where that is no array, and where the body has neither the list nor a return code: then it isn't this
    /// service's answer. A list that is absent or `null` beside a return code is an empty one, unless the answer claims rows.
    init?(_ body: JSONValue, named names: [String]) {
        guard let values = body.rows(names),
            names.contains(where: { body[$0] != nil }) || body.string("returnCode") != nil
        else { return nil }
        self.init(body, rows: values)
        let isThere = names.contains { body[$0].map { !$0.isNull } ?? false }
        if !isThere, let claimedTotal, claimedTotal > 0 { return nil }
    }
}

extension NCPRow {
    /// Reads rows, and keeps those that can't be read.
    static func read(_ values: [JSONValue]) -> (rows: [Self], problems: [RowProblem]) {
        var rows: [Self] = []
        var problems: [RowProblem] = []
        rows.reserveCapacity(values.count)
        for value in values {
            if let row = Self(value) {
                rows.append(row)
            } else {
                problems.append(RowProblem(reason: "The row needs \(necessity).", raw: value))
            }
        }
        return (rows, problems)
    }
}
