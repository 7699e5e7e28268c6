extension Duration {
    /// Reads `500ms`, `30s`, `5m`, `2h`, `30d`; `nil` for anything else, negative or beyond a hundred years.
    public init?(text: String) {
        let units: [(suffix: String, milliseconds: Int64)] = [
            ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
        ]
        guard let unit = units.first(where: { text.hasSuffix($0.suffix) }) else { return nil }
        let digits = text.dropLast(unit.suffix.count)
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }), let count = Int64(digits) else {
            return nil
        }
        let (milliseconds, overflows) = count.multipliedReportingOverflow(by: unit.milliseconds)
        guard !overflows, milliseconds <= 36_525 * 86_400_000 else { return nil }
        self = .milliseconds(milliseconds)
    }

    /// The duration in the largest unit that gives a whole number: `90s` is `90s`, `120s` is `2m`.
    public var text: String {
        let milliseconds = self.milliseconds
        let units: [(String, Int64)] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)]
        for (suffix, length) in units where milliseconds != 0 && milliseconds % length == 0 {
            return "\(milliseconds / length)\(suffix)"
        }
        return milliseconds == 0 ? "0s" : "\(milliseconds)ms"
    }

    /// Whole seconds, rounded up.
    public var wholeSeconds: Int64 { (milliseconds + 999) / 1000 }

    /// Whole milliseconds, rounded towards zero.
    public var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
