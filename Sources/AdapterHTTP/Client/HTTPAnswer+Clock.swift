public import FoundationEssentials
internal import HTTPTypes

/// This machine's clock beside the server's.
extension HTTPAnswer {
    /// When the server made the answer, by its own clock: the field `Date`.
    public var date: Date? { headers[.date].flatMap(HTTPDate.date) }

    /// How far the server's clock is ahead of this machine's; negative where it is behind. `nil` where that can't be told:
    /// without a `Date`, or where a cache has answered (`Age`).
    ///
    /// The server made its answer at some moment between sending and receiving. A date within that time is no difference, so
    /// that a slow answer isn't taken for a wrong clock; a `Date` has whole seconds, so a second more or less is none either.
    public var clockSkew: Duration? {
        guard let date, let sentAt, let receivedAt, headers[.age] == nil else { return nil }
        let seconds =
            if date < sentAt.addingTimeInterval(-1) {
                date.timeIntervalSince(sentAt)
            } else if date > receivedAt.addingTimeInterval(1) {
                date.timeIntervalSince(receivedAt)
            } else {
                0.0
            }
        return .seconds(Int64(seconds.rounded()))
    }

    /// The difference at which ``clockRemark(from:)`` finds a clock worth a word. Signatures that carry the time are commonly
    /// refused from five minutes on.
    public static let remarkableSkew = Duration.seconds(240)

    /// A sentence that says by how much this machine's clock differs from the server's, and in which direction; `nil` where it
    /// doesn't, or that can't be told.
    ///
    /// For errors about credentials at a certificate authority whose signatures carry the time:
    ///
    /// ```swift
    /// if let remark = answer.clockRemark() { message += " " + remark }
    /// // This machine's clock is 7 min 3 s behind the server's.
    /// ```
    ///
    /// - Parameter least: the least difference that is told.
    /// - Returns: the sentence.
    public func clockRemark(from least: Duration = Self.remarkableSkew) -> String? {
        guard let clockSkew, clockSkew >= least || clockSkew <= .zero - least, clockSkew != .zero else { return nil }
        let direction = clockSkew > .zero ? "behind" : "ahead of"
        return "This machine's clock is \(Self.inWords(clockSkew)) \(direction) the server's."
    }

    /// The two largest units of a length: `7 min 3 s`, `2 d 5 h`.
    private static func inWords(_ duration: Duration) -> String {
        var rest = abs(duration.components.seconds)
        var parts: [String] = []
        for (unit, length) in [("d", 86_400), ("h", 3600), ("min", 60), ("s", 1)] as [(String, Int64)] {
            let count = rest / length
            rest %= length
            if count > 0 { parts.append("\(count) \(unit)") } else if !parts.isEmpty { break }
            if parts.count == 2 { break }
        }
        return parts.joined(separator: " ")
    }
}
