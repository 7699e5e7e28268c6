internal import CertProtocol

/// Reading the nested parts of DigiCert's answers. What is absent, or of another kind than documented, is `nil` or empty:
/// no part may cost the row that it stands in.
extension JSONValue {
    /// The member as a date of either of DigiCert's forms.
    func date(_ name: String) -> CertificateDate? { string(name).flatMap { CertificateDate($0) } }

    /// The member as a number that isn't an id.
    func count(_ name: String) -> Int? { integer(name).flatMap { Int(exactly: $0) } }

    /// The member as the id of a row; `nil` where it isn't a number from 0 on.
    func rowID(_ name: String) -> Int64? { integer(name).flatMap { $0 >= 0 ? $0 : nil } }

    /// The whole numbers of an array member, also where they are sent as strings.
    func integers(_ name: String) -> [Int64]? { array(name)?.compactMap(\.lenientInteger) }

    /// The member as a part of its own.
    func part<Part>(_ name: String, _ make: (JSONValue) -> Part?) -> Part? { self[name].flatMap(make) }

    /// The elements of an array member as parts of their own.
    func list<Part>(_ name: String, _ make: (JSONValue) -> Part?) -> [Part] {
        array(name)?.compactMap(make) ?? []
    }

    /// The texts of an object member, by name.
    func texts(_ name: String) -> [String: String] {
        guard let members = object(name)?.members else { return [:] }
        return Dictionary(
            members.compactMap { member in member.value.lenientString.map { (member.name, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
