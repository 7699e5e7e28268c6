/// The number of an order, from its id or the name of its record.
enum OrderNumber {
    /// Beyond it a JSON number isn't exact everywhere.
    private static let largest: UInt64 = 1 << 53

    /// The number; `nil` for a text that is spelled in another way than numbers are here.
    static func read(_ text: some StringProtocol) -> UInt64? {
        guard let number = UInt64(text), (1...largest).contains(number), "\(number)" == text else { return nil }
        return number
    }
}
