internal import CertProtocol

/// Which pages of a list are read before it is their turn: a pure state machine. What is known of the list goes in, the
/// pages to request come out.
///
/// Only so many pages are under way or waiting at a time, so memory doesn't grow with the list. What turns out not to belong
/// to the list (because rows moved, or a server hands out smaller pages than asked for) is dropped when it arrives.
struct ReadAhead<Content: Sendable>: Sendable {
    private let limit: Int
    private var underWay: Set<Cursor> = []
    private var waiting: [Cursor: Content] = [:]
    private var wanted: Set<Cursor> = []

    /// A plan with room for so many pages.
    init(limit: Int) { self.limit = max(1, limit) }

    /// The pages to request now.
    ///
    /// - Parameters:
    ///   - next: the page whose turn comes next.
    ///   - upcoming: the pages after it, as far as they are known.
    /// - Returns: those that are neither there nor under way, as many as there is room for. `next` is always among them,
    ///   unless it is there or under way.
    mutating func plan(_ next: Cursor, then upcoming: [Cursor]) -> [Cursor] {
        var pages = [next]
        for cursor in upcoming.prefix(limit) where !pages.contains(cursor) { pages.append(cursor) }
        wanted = Set(pages)
        waiting = waiting.filter { wanted.contains($0.key) }
        var requests: [Cursor] = []
        for cursor in pages where waiting[cursor] == nil && !underWay.contains(cursor) {
            guard requests.isEmpty && cursor == next || underWay.count + waiting.count < limit else { break }
            underWay.insert(cursor)
            requests.append(cursor)
        }
        return requests
    }

    /// Takes a page that has arrived.
    mutating func arrived(_ cursor: Cursor, _ content: Content) {
        underWay.remove(cursor)
        if wanted.contains(cursor) { waiting[cursor] = content }
    }

    /// Gives out the page whose turn it is; `nil` while it is under way.
    mutating func take(_ cursor: Cursor) -> Content? { waiting.removeValue(forKey: cursor) }
}
