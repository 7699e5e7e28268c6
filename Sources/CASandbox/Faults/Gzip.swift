/// Gzip (RFC 1952) with the fixed codes of deflate (RFC 1951, section 3.2.6): just enough to compress an answer as a client
/// has to accept it, and to build what it has to refuse.
enum Gzip {
    /// The bytes as a gzip file. Every byte stands for itself, so it isn't smaller.
    static func compressed(_ bytes: [UInt8]) -> [UInt8] {
        var bits = BitWriter(header)
        bits.startFinalBlock()
        for byte in bytes { bits.writeLiteral(byte) }
        return bits.finished() + littleEndian(checksum(bytes)) + littleEndian(UInt32(truncatingIfNeeded: bytes.count))
    }

    /// One byte, and a quarter of a million times "the last byte again, 258 times": 64 MiB. The checksum at its end is wrong,
    /// and nobody should ever get there.
    static let bomb: [UInt8] = {
        var bits = BitWriter(header)
        bits.startFinalBlock()
        bits.writeLiteral(UInt8(ascii: " "))
        for _ in 0..<((64 << 20) / 258) { bits.writeLongestRepeat() }
        return bits.finished() + littleEndian(0) + littleEndian(0)
    }()

    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

    private static func littleEndian(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
    }

    /// CRC-32 (RFC 1952, section 8).
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = .max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}

/// Writes deflate's bits: the lowest bit of a byte first, and of a code its highest bit first.
private struct BitWriter {
    private var bytes: [UInt8]
    private var current: UInt8 = 0
    private var used = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func startFinalBlock() {
        writeBit(1)
        // Block type 01, lowest bit first.
        writeBit(1)
        writeBit(0)
    }

    mutating func writeLiteral(_ byte: UInt8) {
        if byte < 144 {
            writeCode(0x30 + UInt16(byte), length: 8)
        } else {
            writeCode(0x190 + UInt16(byte) - 144, length: 9)
        }
    }

    /// Length 258 at distance 1: symbol 285 without further bits, then distance code 0.
    mutating func writeLongestRepeat() {
        writeCode(0b1100_0101, length: 8)
        writeCode(0, length: 5)
    }

    /// Ends the block and fills the last byte.
    mutating func finished() -> [UInt8] {
        writeCode(0, length: 7)
        if used > 0 { bytes.append(current) }
        return bytes
    }

    private mutating func writeCode(_ code: UInt16, length: Int) {
        for shift in (0..<length).reversed() { writeBit(UInt8(truncatingIfNeeded: code >> shift) & 1) }
    }

    private mutating func writeBit(_ bit: UInt8) {
        current |= bit << used
        used += 1
        guard used == 8 else { return }
        bytes.append(current)
        (current, used) = (0, 0)
    }
}
