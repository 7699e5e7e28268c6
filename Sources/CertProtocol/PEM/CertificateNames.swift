/// The issuer and the subject of a certificate as they are encoded, which is how RFC 5280, section 7.1, has chains compared
/// at their simplest.
struct CertificateNames: Sendable {
    let issuer: [UInt8]
    let subject: [UInt8]

    /// Reads the names from a certificate in DER: `Certificate ::= SEQUENCE { tbsCertificate SEQUENCE { [0] version OPTIONAL,
    /// serialNumber, signature, issuer, validity, subject, … } … }` (RFC 5280, section 4.1).
    init?(certificate: [UInt8]) {
        var document = DERElements(certificate[...])
        guard let whole = document.next(), whole.tag == DERElements.sequence, document.isAtEnd else { return nil }
        var parts = DERElements(whole.content)
        guard let signed = parts.next(), signed.tag == DERElements.sequence else { return nil }
        var fields = DERElements(signed.content)
        guard var field = fields.next() else { return nil }
        if field.tag == DERElements.firstOptional {
            guard let next = fields.next() else { return nil }
            field = next
        }
        guard fields.next() != nil, let issuer = fields.next(), fields.next() != nil, let subject = fields.next(),
            issuer.tag == DERElements.sequence, subject.tag == DERElements.sequence
        else { return nil }
        self.issuer = Array(issuer.content)
        self.subject = Array(subject.content)
    }

    /// The common name in a name: `SEQUENCE OF SET OF SEQUENCE { type OBJECT IDENTIFIER, value }`, of which these are the
    /// contents. The last one counts, which is the most specific.
    static func commonName(of name: [UInt8]) -> String? {
        var found: String?
        var sets = DERElements(name[...])
        while let set = sets.next() {
            var attributes = DERElements(set.content)
            while let attribute = attributes.next() {
                var parts = DERElements(attribute.content)
                guard let type = parts.next(), let value = parts.next(), type.content.elementsEqual(commonNameType)
                else { continue }
                found = text(value.tag, value.content)
            }
        }
        return found
    }

    /// 2.5.4.3.
    private static let commonNameType: [UInt8] = [0x55, 0x04, 0x03]

    /// A DirectoryString: BMPString, UTF8String, or one of those that are ASCII.
    private static func text(_ tag: UInt8, _ content: ArraySlice<UInt8>) -> String {
        guard tag == 0x1E else { return String(decoding: content, as: UTF8.self) }
        let bytes = Array(content)
        let units = stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        return String(decoding: units, as: UTF16.self)
    }
}

/// The elements of a DER encoding (ITU-T X.690), one after the other. What isn't DER ends them.
private struct DERElements {
    static let sequence: UInt8 = 0x30
    /// `[0]`, constructed.
    static let firstOptional: UInt8 = 0xA0

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func next() -> (tag: UInt8, content: ArraySlice<UInt8>)? {
        // No tag of a certificate takes more than one byte.
        guard let tag = rest.popFirst(), let length = popLength(), length <= rest.count else { return nil }
        let content = rest.prefix(length)
        rest = rest.dropFirst(length)
        return (tag, content)
    }

    private mutating func popLength() -> Int? {
        guard let first = rest.popFirst() else { return nil }
        if first < 0x80 { return Int(first) }
        let count = Int(first & 0x7F)
        // Four bytes are more than any answer has.
        guard (1...4).contains(count), rest.count >= count else { return nil }
        let length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(count)
        return length
    }
}
