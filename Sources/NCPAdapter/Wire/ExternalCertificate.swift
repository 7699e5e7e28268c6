public import CertProtocol

extension NCP {
    /// A certificate of API v1: an item of `sslCertificateList` of getCertificateList (`/api/v1/certificates`).
    ///
    /// Source: getCertificateList, section "Response body". The pages type dates as `Date` without showing their form.
    public struct ExternalCertificate: Sendable {
        /// `certificateNo` (Integer): the number of the certificate.
        public let certificateNo: Int64
        /// `certificateType`: its type, such as `NCP_PRIVATE`.
        public let certificateType: String?
        /// `certificateName`: the name in the console.
        public let certificateName: String?
        /// `memberNo` (String): the number of the platform's member who owns it.
        public let memberNo: String?
        /// `dnInfo`: the distinguished name of the subject.
        public let dnInfo: String?
        /// `domainAddress`: the domain.
        public let domainAddress: String?
        /// `subDomainAddress`: the further domains.
        public let subDomainAddress: [String]?
        /// `regDate`: when it was registered.
        public let regDate: String?
        /// `updateDate`: when it was changed last.
        public let updateDate: String?
        /// `issueDate`: when it was issued.
        public let issueDate: String?
        /// `validStartDate`: the start of its validity.
        public let validStartDate: String?
        /// `validEndDate`: the end of its validity.
        public let validEndDate: String?
        /// `disuseDate`: when its use ended.
        public let disuseDate: String?
        /// `disuseMsg`: why its use ended.
        public let disuseMessage: String?
        /// `requestId`: the request that it came from.
        public let requestID: String?
        /// `statusCode`: a signed whole number.
        public let statusCode: String?
        /// `statusName`: the status for people.
        public let statusName: String?
        /// `externalYn` (`Y`, `N`): whether another authority issued it.
        public let externalYn: String?
        /// `domainCode`: on what kind of domain it was issued.
        public let domainCode: String?
        /// `caInfo`: who issued it.
        public let caInfo: String?
        /// `certSerialNumber`: its serial number.
        public let certSerialNumber: String?
        /// `certPublicKeyInfo`: the public key's kind.
        public let certPublicKeyInfo: String?
        /// `certSignAlgorithmName`: how it is signed.
        public let certSignAlgorithmName: String?
        /// `usedInstanceNoList` (List of undocumented elements): the instances that use it.
        public let usedInstanceNoList: [String]?
        /// The item as sent.
        public let raw: JSONValue

        /// Reads an item; `nil` where it is no object or has no `certificateNo`.
        public init?(_ value: JSONValue) {
            guard let number = value.integer("certificateNo") else { return nil }
            certificateNo = number
            certificateType = value.string("certificateType") ?? value.string("certificateTypeCode")
            certificateName = value.string("certificateName")
            memberNo = value.string("memberNo")
            dnInfo = value.string("dnInfo")
            domainAddress = value.string("domainAddress")
            subDomainAddress = value.separatedTexts("subDomainAddress")
            regDate = value.string("regDate")
            updateDate = value.string("updateDate")
            issueDate = value.string("issueDate")
            validStartDate = value.string("validStartDate")
            validEndDate = value.string("validEndDate")
            disuseDate = value.string("disuseDate")
            disuseMessage = value.string("disuseMsg")
            requestID = value.string("requestId")
            statusCode = value.string("statusCode")
            statusName = value.string("statusName")
            externalYn = value.string("externalYn")
            domainCode = value.string("domainCode")
            caInfo = value.string("caInfo")
            certSerialNumber = value.string("certSerialNumber")
            certPublicKeyInfo = value.string("certPublicKeyInfo")
            certSignAlgorithmName = value.string("certSignAlgorithmName")
            usedInstanceNoList = value.separatedTexts("usedInstanceNoList")
            raw = value
        }
    }
}

extension NCP.ExternalCertificate: NCPRow {
    /// The number of the certificate that an answer lists under that name; of the first where none has it.
    static func number(in answer: JSONValue, named name: String) -> String? {
        let rows = read(answer.rows(["sslCertificateList"]) ?? []).rows
        return (rows.first { $0.certificateName == name } ?? rows.first).map { String($0.certificateNo) }
    }

    static var necessity: String { "a certificateNo" }
}
