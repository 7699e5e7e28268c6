internal import CertProtocol

/// What the account holds beside orders and certificates of API 2.0.
enum NCPAccountRecords {
    /// The one certificate of API 1.0, which is an external one. How this API writes dates isn't documented; here they
    /// carry no zone.
    static let externalCertificates: [JSONNode] = [
        [
            "certificateNo": 100_003, "certificateType": "EXTERNAL", "certificateName": "sample-external",
            "memberNo": "9999999",
            "dnInfo": "cn=www.example.kr,ou=인증팀,o=주식회사 예시클라우드,l=성남시,s=경기도,c=KR",
            "domainAddress": "www.example.kr", "subDomainAddress": "example.kr, m.example.kr",
            "regDate": "2026-02-11 09:30:00", "updateDate": "2026-02-11 09:30:00",
            "issueDate": "2026-02-10 00:00:00", "validStartDate": "2026-02-10 00:00:00",
            "validEndDate": "2027-02-09 23:59:59", "disuseDate": "", "disuseMsg": "", "requestId": "",
            "statusCode": "1", "statusName": "Normal", "externalYn": "Y", "domainCode": "PUB",
            "caInfo": "cn=Sandbox Issuing CA,o=Sandbox,c=KR", "certSerialNumber": "00A1B2C3D4E5F60718",
            "certPublicKeyInfo": "RSA 2048", "certSignAlgorithmName": "SHA256withRSA", "usedInstanceNoList": [],
        ]
    ]

    /// The members of an item aren't documented.
    static let certificateTypes: [JSONNode] = [
        ["certificateType": "NCP_PAID_DV_01", "certificateTypeName": "Advanced DV"],
        ["certificateType": "NCP_PAID_OV_01", "certificateTypeName": "Advanced OV"],
    ]

    static let organizations: [JSONNode] = [
        [
            "organizationNo": 3001, "memberNo": "9999999", "organizationNameKor": "주식회사 예시클라우드",
            "organizationNameEng": "Example Cloud Co., Ltd.", "businessRegistrationNo": "000-00-00000",
            "verificationType": "BUSINESS_REGISTRATION", "verificationProgressCode": "7",
        ],
        [
            "organizationNo": 3002, "memberNo": "9999999", "organizationNameKor": "심사중 상사",
            "organizationNameEng": "Under Review Trading", "businessRegistrationNo": "000-00-00001",
            "verificationType": "BUSINESS_REGISTRATION", "verificationProgressCode": "1",
        ],
    ]

    /// The state of domain validation. Where the record's value stands isn't documented; `txtValue` is made up.
    static func validation(of certificate: NCPCertificate, domain: String, status: String? = nil) -> JSONNode {
        [
            "validSn": .integer(certificate.number + 1_000_000), "requestSn": .string("\(certificate.number)"),
            "validStatusCode": .string(
                status ?? (certificate.isIssued ? "VALID_STATUS_SUCCESS" : "VALID_STATUS_REG")
            ),
            "domainAddress": .string(domain), "txtName": .string("_ncp-validation.\(domain)"),
            "txtId": .string("sandbox-\(certificate.number)"),
            "txtValue": .string("sandbox-validation-value-\(certificate.number)"),
        ]
    }
}
