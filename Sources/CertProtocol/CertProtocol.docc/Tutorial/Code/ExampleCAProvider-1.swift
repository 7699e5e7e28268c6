internal import CertProtocol

/// One account at Example CA.
struct ExampleCAProvider: CertificateProvider {
    let providerID: String
    let api: ExampleCAAPI

    // A capability is declared once its operation works; the host refuses all others without traffic.
    let capabilities = ProviderCapabilities(operations: [])
}
