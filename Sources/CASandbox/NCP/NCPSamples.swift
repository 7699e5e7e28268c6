internal import CertProtocol

/// The sample answers of NAVER Cloud Platform's Certificate Manager documentation.
enum NCPSamples {
    /// "ListAdvancedCertificates" (getPaidCertificates), the response example, indented.
    static let paidCertificates = officialSample(
        #"""
        {
          "returnCode": "0",
          "returnMessage": "Success",
          "totalCount": 1,
          "orders": [
            {
              "orderId": "900001",
              "certificates": [
                {
                  "certificateNo": 100001,
                  "certificateName": "sample-cert-01",
                  "memberNo": "9999999",
                  "commonName": "example.com",
                  "statusCode": "0",
                  "statusName": "Ongoing",
                  "certificateType": "NCP_PAID_OV_01",
                  "domainCode": "PUB",
                  "updateDate": "2026-03-01 10:15:30(UTC+09:00)",
                  "orderId": "900001",
                  "issueType": "ORIGINAL",
                  "subjectDN": "cn=example.com,o=Example Corporation,l=Sample-city,s=Sample-state,c=KR",
                  "registDate": "2026-03-01 10:15:30(UTC+09:00)",
                  "notAfter": "2027-03-01 23:59:59(UTC+09:00)"
                }
              ]
            }
          ]
        }
        """#
    )
}
