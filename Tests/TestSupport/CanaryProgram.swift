internal import FoundationEssentials

/// A program with an account at two certificate authorities, and a canary in each credential that it has.
public enum CanaryProgram {
    /// The API key of the account at DigiCert; the variable `DC` holds it.
    public static let digiCert = Canary("Dc")
    /// The access key of the account at NAVER Cloud; the variable `NA` holds it.
    public static let access = Canary("Na")
    /// The secret key that belongs to it; the file `secret` beside the configuration holds it.
    public static let secret = Canary("Ns")
    /// The password in the address of a proxy.
    public static let proxy = Canary("Px")
    /// The key of an external account at an ACME server; the variable `EA` holds it in base64, as they are handed out.
    public static let external = Canary("Ea")
    /// All of them.
    public static let all = [digiCert, access, secret, proxy, external]
    /// The variables that ``configuration(port:)`` refers to.
    public static let variables = [
        "DC": digiCert.text, "NA": access.text, "EA": Data(external.text.utf8).base64EncodedString(),
    ]

    /// The configuration: all accounts at a server on loopback, each call sent once.
    public static func configuration(port: Int) -> String {
        """
        version: 1
        providers:
          digicert:
            adapter: digicert
            retries: 0
            limits: []
            settings: {api_key: "${env:DC}", base_url: "http://127.0.0.1:\(port)/v2"}
          ncp:
            adapter: ncp
            retries: 0
            settings: {access_key: "${env:NA}", secret_key: "${file:secret}", base_url: "http://127.0.0.1:\(port)"}

        """
    }

    /// What follows ``configuration(port:)`` where there is an account at an ACME server too.
    public static func acme(port: Int) -> String {
        """
          acme:
            adapter: acme
            retries: 0
            settings:
              directory: "http://127.0.0.1:\(port)/dir"
              eab_key_id: a-key-id
              eab_hmac_key: "${env:EA}"
              terms_agreed: true
              state: acme-state

        """
    }
}
