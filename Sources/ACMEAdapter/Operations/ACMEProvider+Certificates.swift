internal import CertProtocol

/// Certificates that are there.
extension ACMEProvider {
    /// The certificate of an order with its chain: of several chains the preferred one.
    ///
    /// What can go wrong: nothing is issued yet (`not_found`).
    func download(
        _ request: DownloadRequest, context: OperationContext
    ) async throws(CertificateError) -> CertificateDownload {
        guard capabilities.downloadFormats.contains(request.format) else {
            throw .unsent("ACME offers no \(request.format.rawValue).")
        }
        let chain = try await chain(of: request.orderID, request.certificateID, context)
        return CertificateDownload(chain, as: request.format)
    }

    private func chain(
        of orderID: String, _ certificateID: String?, _ context: OperationContext
    ) async throws(CertificateError) -> [PEMCertificate] {
        let api = api.during(context)
        let wanted = try certificateID.map { id throws(CertificateError) in try ACMELocation(id: id, at: api.origin) }
        guard let url = try await api.order(try ACMELocation(id: orderID, at: api.origin)).record.certificate else {
            throw CertificateError(.notFound, "\(orderID) has no certificate yet.")
        }
        let location = try ACMELocation(url, at: api.origin)
        guard wanted == nil || wanted == location else {
            throw CertificateError(.notFound, "The order \(orderID) has another certificate than that.")
        }
        return try await api.certificate(location)
    }

    /// Revokes the certificate of an order, which has one only, so that both scopes mean the same. **Final.** One that has been
    /// revoked before is `done` too: there is nothing more to do.
    ///
    /// With ``RevokeRequest/certificateKey`` the holder of the certificate's key revokes, without the account's right to it;
    /// with ``RevokeRequest/certificatePEM`` besides, without the account.
    ///
    /// What can go wrong: the server doesn't take the reason (`rejected`); the account may not revoke it (`permission`); an
    /// answer that is lost (`outcome_unknown`), after which revoking once more does no harm.
    func revoke(_ request: RevokeRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        guard capabilities.revocationReasons.contains(request.reason) else {
            throw .unsent("ACME takes no \(request.reason.rawValue) from whoever ordered.")
        }
        let key = try request.certificateKey.map { key throws(CertificateError) in
            try JWSKey(pem: key, orThrow: .invalidRequest, "Nothing was sent: the certificate's key")
        }
        let receipt = Receipt(request, provider: id, context)
        let certificate: PEMCertificate?
        if let text = request.certificatePEM {
            certificate = PEMCertificate.all(in: text)?.first
        } else {
            certificate = try await beforeChange { () throws(CertificateError) in
                try await chain(of: request.orderID, receipt.certificateID, context).first
            }
        }
        guard let certificate else { throw .unsent("there is no certificate in what was given as one.") }
        do throws(CertificateError) {
            try await api.during(context).revoke(certificate.bytes, reason: request.reason.acmeCode, by: key)
        } catch  where error.providerCode == ACMEErrors.alreadyRevoked {
            // It is as it was to be.
        }
        return receipt
    }
}
