/// Guesses what was meant.
enum NearMiss {
    /// The candidate that a text is a misspelling of; `nil` where none is near enough.
    static func suggestion(for text: String, among candidates: [String]) -> String? {
        let folded = fold(text)
        guard !folded.isEmpty, folded.count <= 64 else { return nil }
        var best: (candidate: String, distance: Int)?
        for candidate in candidates where candidate != text {
            let other = fold(candidate)
            let distance = distance(folded, other)
            let limit = min(3, max(1, max(folded.count, other.count) / 3))
            if distance <= limit, distance < min(folded.count, other.count), distance < best?.distance ?? .max {
                best = (candidate, distance)
            }
        }
        return best?.candidate
    }

    /// Lower case, and one separator: `API-Key` is as near to `api_key` as can be.
    private static func fold(_ text: String) -> [Character] {
        text.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 }
    }

    /// The edit distance in which the exchange of two neighbours counts one (optimal string alignment).
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var before: [Int] = []
        var previous = Array(0...right.count)
        for (row, character) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(previous[column + 1], current[column]) + 1
                cost = min(cost, previous[column] + (character == other ? 0 : 1))
                if row > 0, column > 0, character == right[column - 1], left[row - 1] == other {
                    cost = min(cost, before[column - 1] + 1)
                }
                current.append(cost)
            }
            before = previous
            previous = current
        }
        return previous.last ?? 0
    }
}
