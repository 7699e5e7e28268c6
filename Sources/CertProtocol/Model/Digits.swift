/// Writes dates into the memory of a string. Lists print several for each row, and a string for every part of each would
/// cost more than all else about them.
struct Digits {
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    /// The bytes written.
    private(set) var count = 0

    init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

    /// Appends a character; nothing where there is no room left.
    mutating func append(_ character: Unicode.Scalar) {
        guard count < buffer.count else { return }
        buffer.initializeElement(at: count, to: UInt8(ascii: character))
        count += 1
    }

    /// Appends a number, with zeros before it up to a width.
    mutating func append(_ number: Int, width: Int) {
        if number < 0 { append("-") }
        let magnitude = number.magnitude
        var divisor: UInt = 1
        var digits = 1
        while digits < width || magnitude / divisor >= 10 {
            divisor *= 10
            digits += 1
        }
        while divisor > 0 {
            append(Unicode.Scalar(UInt8(ascii: "0") + UInt8(magnitude / divisor % 10)))
            divisor /= 10
        }
    }

    /// Appends `yyyy-MM-dd`.
    mutating func append(_ day: CalendarDay) {
        append(day.year, width: 4)
        append("-")
        append(day.month, width: 2)
        append("-")
        append(day.day, width: 2)
    }
}
