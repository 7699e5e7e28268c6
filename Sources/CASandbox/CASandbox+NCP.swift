/// NAVER Cloud as the sandbox plays it.
///
/// Certificates can be ordered, made anew, registered, revoked, extended and deleted; what comes of it appears in every list.
/// They are signed by the sandbox's authority. The documents leave open what a service does between an order and a
/// certificate, so these rules are the sandbox's own:
///
/// - The first look at the proof of a domain (`getVerificationInfo`) shows what to publish. By the second the service has found
///   it, and once that holds for all domains, the certificate is there. An order with a record that stays (`PD`) is issued at
///   once where one of the account's has proven the same domains that way.
/// - A domain with the label `unpublished` is never found; one with the label `times-out` fails at the first look.
/// - A certificate whose common name has the label `revoked-later` stays at "revocation requested" when it is revoked.
/// - A certificate whose name starts with `in-use` is used by an instance and can't be deleted.
/// - An order under an organization that isn't verified is refused.
extension CASandbox {
    /// The settings of the `ncp` adapter with a sub-account's key, which API 2.0 refuses with an empty 403 and API 1.0
    /// accepts.
    public var ncpSubAccountSettings: [String: String] { ncpSettings(NCPSignatureCheck.subAccount) }

    /// The settings of the `ncp` adapter with a key of the government zone, which has API 1.0 alone, and private issuance.
    public var ncpGovernmentSettings: [String: String] {
        var settings = ncpSettings(NCPSignatureCheck.governmentAccount)
        settings["zone"] = NCPZone.government.rawValue
        settings["ca_tag"] = "sandbox-private-ca"
        return settings
    }

    /// The settings of the `ncp` adapter with a key of the financial zone, which has API 1.0 alone.
    public var ncpFinancialSettings: [String: String] {
        var settings = ncpSettings(NCPSignatureCheck.financialAccount)
        settings["zone"] = NCPZone.financial.rawValue
        return settings
    }

    private func ncpSettings(_ account: NCPSignatureCheck.Account) -> [String: String] {
        ["access_key": account.accessKey, "secret_key": account.secretKey, "base_url": ncpOrigin]
    }
}
