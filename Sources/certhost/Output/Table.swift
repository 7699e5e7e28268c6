internal import Host

/// A column of a table.
struct TableColumn: Sendable {
    var title: String
    /// The columns that it keeps at least where space is short.
    var minimum: Int
    /// Which columns go first where space is shorter still: the highest. Columns of priority 0 always stay.
    var priority: Int

    init(_ title: String, minimum: Int = 8, priority: Int = 0) {
        self.title = title
        self.minimum = minimum
        self.priority = priority
    }
}

/// Rows under titles, in columns as wide as what is in them; on a terminal never wider than it.
struct Table {
    private let columns: [TableColumn]
    private var rows: [[String]] = []

    init(_ columns: [TableColumn]) { self.columns = columns }

    var isEmpty: Bool { rows.isEmpty }

    mutating func append(_ cells: [String]) {
        rows.append(cells.map { PlainText.singleLine($0) })
    }

    mutating func append(contentsOf table: Table) { rows += table.rows }

    /// The lines of the table.
    ///
    /// - Parameters:
    ///   - width: the columns of the terminal; `nil` to cut nothing.
    ///   - style: how cells are coloured.
    /// - Returns: the titles and the rows.
    func lines(width: Int?, style: TextStyle) -> [String] {
        let natural = columns.indices.map { column in
            rows.reduce(DisplayWidth.of(columns[column].title)) { max($0, DisplayWidth.of($1[column])) }
        }
        let shown = columns.indices.filter { column in
            // A column that nobody has anything in only takes space away.
            columns[column].priority == 0 || rows.contains { !$0[column].isEmpty }
        }
        let layout = width.map { Self.fit(columns, natural, shown, into: $0) } ?? shown.map { ($0, natural[$0]) }
        func line(_ cells: [String], _ paint: (Int, String) -> String) -> String {
            let parts = layout.enumerated().map { position, entry in
                let (column, width) = entry
                let text = DisplayWidth.cut(cells[column], to: width)
                let padding =
                    position == layout.count - 1 ? "" : DisplayWidth.padded("", to: width - DisplayWidth.of(text))
                return paint(column, text) + padding
            }
            let line = parts.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
        return [line(columns.map(\.title)) { _, text in style.heading(text) }]
            + rows.map { cells in
                line(cells) { column, text in
                    columns[column].title == "STATUS" ? style.status(text, cells[column]) : text
                }
            }
    }

    /// The columns that are shown, and how wide.
    private static func fit(
        _ columns: [TableColumn], _ natural: [Int], _ shown: [Int], into width: Int
    ) -> [(Int, Int)] {
        var shown = shown
        func least(_ column: Int) -> Int { min(natural[column], max(columns[column].minimum, 3)) }
        func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + 2 * max(0, widths.count - 1) }
        while total(shown.map(least)) > width,
            let victim = shown.filter({ columns[$0].priority > 0 }).max(by: {
                columns[$0].priority < columns[$1].priority
            })
        {
            shown.removeAll { $0 == victim }
        }
        var widths = shown.map(least)
        // A terminal too narrow for the least takes it from the widest.
        while total(widths) > width, let widest = widths.max(), widest > 1, let index = widths.firstIndex(of: widest) {
            widths[index] -= 1
        }
        // What is left goes to those that want more, a column at a time, so that none starves beside a very wide one.
        var spare = width - total(widths)
        while spare > 0 {
            let wanting = shown.indices.filter { widths[$0] < natural[shown[$0]] }
            guard !wanting.isEmpty else { break }
            for index in wanting where spare > 0 {
                widths[index] += 1
                spare -= 1
            }
        }
        return Array(zip(shown, widths))
    }
}

/// Colours, where they are wanted.
struct TextStyle: Sendable {
    let isColored: Bool

    func heading(_ text: String) -> String { paint(text, "1") }

    /// Colours a status by what it means for whoever runs the site.
    func status(_ text: String, _ status: String) -> String {
        switch status.split(separator: " ").first.map(String.init) {
        case "issued", "ok", "approved", "active": paint(text, "32")
        case "pending", "pending_approval", "reissue_pending", "revocation_pending": paint(text, "33")
        case "rejected", "revoked", "expired", "failed": paint(text, "31")
        default: text
        }
    }

    private func paint(_ text: String, _ code: String) -> String {
        isColored && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
