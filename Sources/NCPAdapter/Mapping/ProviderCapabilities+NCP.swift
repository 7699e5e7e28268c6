internal import CertProtocol

extension ProviderCapabilities {
    /// What an account can do: v1 of the API lists, registers and deletes; private issuance is the government zone's alone.
    ///
    /// Renewal, duplicates, cancellation and approvals aren't there: the service renews by itself or not at all, and an order
    /// needs nobody's approval.
    init(_ settings: NCPSettings) {
        let common: Capabilities = [.listCertificates, .findOrder, .import, .delete]
        guard settings.api == .v2 else {
            let isGovernment = settings.zone == .government
            self.init(
                operations: isGovernment ? common.union([.issue]) : common,
                productsWithoutRequest: isGovernment ? NCPProduct.privateNames : []
            )
            return
        }
        self.init(
            operations: common.union([
                .orderDetail, .listChanges, .listProducts, .listOrganizations, .issue, .reissue, .revoke, .download,
                .domainValidation, .autoRenewal, .extend,
            ]),
            lookups: [.order],
            pageSize: NCPListPosition.defaultSize,
            downloadFormats: [.pem, .chain, .fullChain],
            revocationReasons: NCP.Revocation.reasons,
            revocationScopes: [.certificate, .wholeOrder],
            productsWithoutRequest: [NCPProduct.cloudBasicName]
        )
    }
}
