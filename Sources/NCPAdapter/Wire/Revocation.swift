internal import AdapterHTTP
internal import CertProtocol

extension NCP {
    /// The body of RevokeCertificate (`POST revoke`). The answer is the envelope; its `totalRows` is how many were revoked.
    struct Revocation: NCPChange {
        /// `orderId` (String).
        var orderID: String
        /// `certificateNo` (Integer): the certificate; 0 for every one of the order.
        var certificateNo: Int64
        /// `revokeType` (String): `affiliationChanged`, `superseded`, `cessationOfOperation`, `unspecified`.
        var revokeType: String

        /// The number that stands for every certificate of the order.
        static let everyCertificate: Int64 = 0

        /// The certificate in the unified model; `nil` for every one.
        var certificateID: String? { certificateNo == Self.everyCertificate ? nil : String(certificateNo) }

        var call: HTTPCall {
            Self.post(
                "/api/v2/certificate/revoke",
                [
                    "orderId": .string(orderID), "certificateNo": .integer(certificateNo),
                    "revokeType": .string(revokeType),
                ]
            )
        }
    }
}
