extension DigiCertErrors.Meaning {
    /// What it means, and what to do about it, as a sentence.
    ///
    /// - Parameters:
    ///   - status: the HTTP status.
    ///   - said: DigiCert's own words.
    /// - Returns: the sentence.
    func sentence(status: Int, said: String?) -> String {
        let said = said.map { " (“\($0)”)" } ?? ""
        return switch self {
        case .wrongKey:
            "DigiCert does not accept the API key\(said). Check api_key, and that region (us or eu) is the account's."
        case .wrongApprover:
            "The API key's user may not approve this request\(said). "
                + "Use a key of a user who may: an Administrator or a Manager of CertCentral."
        case .notAllowed:
            "The API key may not do this\(said). Give its user a role of CertCentral that may (Administrator, "
                + "Manager), or lift the key's own restriction (Orders; Orders, Domains, Organizations; View only; "
                + "User management)."
        case .notFound:
            "DigiCert has no such thing in this account\(said). Check the id, and the region of the account."
        case .refused:
            "DigiCert refused the request with status \(status)\(said). Change it before trying again."
        }
    }
}
