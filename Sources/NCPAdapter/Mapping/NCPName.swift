internal import CertProtocol
internal import Crypto
internal import FoundationEssentials

/// The name that a new certificate gets. Names are unique in an account, so a name that is made from the journal key finds the
/// certificate again after a lost answer, and keeps the service from making a second one for the same key.
struct NCPName: Hashable {
    let text: String

    /// The service takes 3 to 20 letters, digits and `-` (release note of 2026-09-17; up to 30 before) and was seen to demand a
    /// letter at the start. Older certificates may have longer names: what exists isn't held against this.
    ///
    /// - Parameters:
    ///   - given: the caller's own choice.
    ///   - journalKey: what the name is made from where there is none.
    /// - Throws: `invalid_request` for a choice that the service wouldn't take.
    init(_ given: String?, journalKey: String?) throws(CertificateError) {
        guard let given else {
            self = .made(from: journalKey ?? UUID().uuidString)
            return
        }
        guard (3...20).contains(given.utf8.count), given.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == 0x2D }),
            given.utf8.first?.isLetter == true
        else {
            throw .unsent(
                "NAVER Cloud names certificates with 3 to 20 letters, digits and hyphens, the first of them a letter; "
                    + "“\(given)” isn't such a name."
            )
        }
        text = given
    }

    private init(text: String) { self.text = text }

    /// `ch-` and 85 bits of the key's SHA-256 hash, in the alphabet of RFC 4648, section 6, lower case.
    static func made(from key: String) -> NCPName {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567")
        var value: UInt = 0
        var bits: UInt = 0
        var name = "ch-"
        for byte in SHA256.hash(data: Data(key.utf8)).prefix(11) {
            value = (value << 8 | UInt(byte)) & 0xFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                name.append(alphabet[Int(value >> bits & 31)])
            }
        }
        return NCPName(text: name)
    }
}

extension CertificateError {
    /// A request that is refused before anything is sent.
    static func unsent(_ reason: String) -> CertificateError {
        CertificateError(.invalidRequest, "Nothing was sent: \(reason)")
    }
}

extension UInt8 {
    /// Whether it is a digit of ASCII.
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// Whether it is a letter of ASCII.
    var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
