internal import AdapterHTTP
internal import CertProtocol

extension NCP {
    /// The body of SetRenewalStatus (`POST setCertificateRenewal`). The answer is the envelope alone.
    struct RenewalSwitch: NCPChange {
        /// `certificateNo` (Integer).
        var certificateNo: Int64
        /// `renewalYn` (String): `Y`, `N`.
        var isOn: Bool

        var call: HTTPCall {
            Self.post(
                "/api/v2/certificate/setCertificateRenewal",
                ["certificateNo": .integer(certificateNo), "renewalYn": isOn ? "Y" : "N"]
            )
        }
    }
}
