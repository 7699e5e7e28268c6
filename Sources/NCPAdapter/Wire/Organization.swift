public import CertProtocol

extension NCP {
    /// An organization that OV certificates can be issued to: an item of ListOrganizations
    /// (`organization/getOrganizationInfoList`).
    public struct Organization: Sendable {
        /// `organizationNo` (Integer, elsewhere String): its number.
        public let organizationNo: String
        /// `memberNo`: the number of the platform's member who registered it.
        public let memberNo: String?
        /// `organizationNameKor`: its Korean name.
        public let organizationNameKor: String?
        /// `organizationNameEng`: its English name.
        public let organizationNameEng: String?
        /// `businessRegistrationNo`: its business registration number.
        public let businessRegistrationNo: String?
        /// `verificationType`: by what it is verified, such as `BUSINESS_REGISTRATION`.
        public let verificationType: String?
        /// `verificationProgressCode` (String): `0` waiting, `1` documents, `2` phone number, `3` phone, `4` final, `7`
        /// done, `90` failed, `91` expired.
        public let verificationProgressCode: String?
        /// The item as sent.
        public let raw: JSONValue

        /// Reads an item; `nil` where it has no `organizationNo`.
        public init?(_ value: JSONValue) {
            guard let number = value.string("organizationNo").unlessBlank else { return nil }
            organizationNo = number
            memberNo = value.string("memberNo")
            organizationNameKor = value.string("organizationNameKor")
            organizationNameEng = value.string("organizationNameEng")
            businessRegistrationNo = value.string("businessRegistrationNo")
            verificationType = value.string("verificationType")
            verificationProgressCode = value.string("verificationProgressCode")
            raw = value
        }
    }
}

extension NCP.Organization: NCPRow {
    static var necessity: String { "an organizationNo" }

    /// Finds the organizations in an answer. The documentation shows the fields of one, not what stands around them, so
    /// the list is taken wherever the answer holds exactly one: as the whole, as a member, or as a member of a member.
    ///
    /// - Returns: the rows; `nil` where the answer holds something, and which part of it is the list can't be told.
    static func rows(of body: JSONValue) -> [JSONValue]? {
        if body.kind == .array { return Array(body.elements) }
        if body["organizationNo"] != nil { return [body] }
        let members = body.members.map(\.value)
        let nested = members.filter { $0.kind == .object }
        let lists = (members + nested.flatMap { $0.members.map(\.value) }).filter { $0.kind == .array }
        if lists.count == 1 { return Array(lists[0].elements) }
        let saysNothing = lists.isEmpty && nested.isEmpty && body.string("returnCode") != nil
        return saysNothing ? [] : nil
    }
}
