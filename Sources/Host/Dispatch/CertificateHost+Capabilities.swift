public import CertProtocol

/// What a provider can do, before anything is prepared for it.
extension CertificateHost {
    /// Checks that a provider offers an operation, as every call does by itself.
    ///
    /// - Parameters:
    ///   - capability: the operation.
    ///   - id: the provider.
    /// - Throws: `unsupported`, naming the providers that do; `invalid_request` where there is no such provider, or it is
    ///   disabled.
    public func require(_ capability: Capability, of id: String) throws(CertificateError) {
        let entry = try provider(id)
        guard entry.capabilities.operations.contains(capability) else { throw unsupported(capability, by: entry) }
    }
}
