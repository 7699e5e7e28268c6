public import CertProtocol

extension NCP {
    /// A type of certificate that can be ordered: an item of `certificatetype` of ListCertificateTypes
    /// (`certificateTypes`).
    ///
    /// The fields of the item aren't known from the documentation; these are the spellings that its other pages use.
    public struct CertificateType: Sendable {
        /// `certificateType`, `certificateTypeCode` or `certificatetype`, or the item itself where it is a text.
        public let certificateType: String
        /// `certificateTypeName`: its name for people.
        public let certificateTypeName: String?
        /// The item as sent.
        public let raw: JSONValue

        /// Reads an item; `nil` where no type can be found in it.
        public init?(_ value: JSONValue) {
            let spellings = ["certificateType", "certificateTypeCode", "certificatetype"]
            let text = value.stringValue ?? spellings.lazy.compactMap { value.string($0) }.first
            guard let type = text.unlessBlank else { return nil }
            certificateType = type
            certificateTypeName = value.string("certificateTypeName")
            raw = value
        }
    }
}

extension NCP.CertificateType: NCPRow {
    static var necessity: String { "a certificateType" }
}
