internal import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

extension NCP {
    /// DeleteCertificate of either version of the API (`DELETE`). The answer is the envelope alone.
    ///
    /// Sources: deleteCertificate (v1); DeleteCertificate (v2), whose page is called `deleteletecertificate`.
    struct Deletion: NCPChange {
        /// The version of the API, by which the path differs.
        var version: NCPSettings.APIVersion
        /// `certificateNo`, in the path.
        var certificateNo: Int64
        /// `certificateName`, in the query: has to be that certificate's.
        var certificateName: String

        var call: HTTPCall {
            let number = String(certificateNo)
            let target: RequestTarget =
                switch version {
                case .v1: "/api/v1/certificate/\(number)"
                case .v2: "/api/v2/certificate/deleteCertificate/\(number)"
                }
            return HTTPCall(.delete, target.query("certificateName", certificateName), effect: .mutation)
        }
    }
}
