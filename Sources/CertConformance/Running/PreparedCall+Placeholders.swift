internal import CertProtocol
internal import FoundationEssentials

/// Calls of operations that aren't declared. Nothing of them may reach an authority, so the data is made up.
extension Trial {
    /// A call of each operation of a capability.
    func madeUpCalls(_ capability: Capability) -> [PreparedCall] {
        let order = "100000001"
        let contents = CertificateContents(signingRequest: Self.madeUpRequest, commonName: "conformance.example.com")
        let issue = IssueRequest(product: "conformance", contents: contents)
        switch capability {
        case .listDuplicates: return [Self.duplicates(of: order).call]
        case .listReissues: return [Self.reissues(of: order).call]
        case .listChanges: return [Self.changes(since: .seconds(3600)).call]
        case .approvals:
            return [
                Self.plainList(.approvals)?.call,
                madeUp(capability, "decide") {
                    try await $0.decideApproval(
                        DecideApprovalRequest(requestID: order, isApproved: false), context: $1)
                },
            ].compactMap(\.self)
        case .orderDetail: return [Self.detail(.order(order))]
        case .findOrder:
            return [Self.lookup(FindOrderRequest(operation: .issue, journalKey: "conformance", sentAt: .now))]
        case .download: return [Self.download(DownloadRequest(orderID: order, format: .pem))]
        case .domainValidation: return Self.validations(DomainValidationsRequest(orderID: order))
        case .issue:
            return [madeUp(capability) { try await $0.issue(issue, context: $1) }]
        case .renew:
            let request = RenewRequest(orderID: order, issue: issue)
            return [madeUp(capability) { try await $0.renew(request, context: $1) }]
        case .reissue:
            let request = ReissueRequest(orderID: order, contents: contents)
            return [madeUp(capability) { try await $0.reissue(request, context: $1) }]
        case .duplicate:
            let request = DuplicateRequest(orderID: order, contents: contents)
            return [madeUp(capability) { try await $0.duplicate(request, context: $1) }]
        case .extend:
            let request = ExtendRequest(orderID: order, period: .years(1))
            return [madeUp(capability) { try await $0.extend(request, context: $1) }]
        case .revoke:
            let request = RevokeRequest(orderID: order, scope: .wholeOrder, reason: .unspecified)
            return [madeUp(capability) { try await $0.revoke(request, context: $1) }]
        case .cancel:
            return [madeUp(capability) { try await $0.cancel(CancelRequest(orderID: order), context: $1) }]
        default: return madeUpUpkeep(capability, order)
        }
    }

    private func madeUpUpkeep(_ capability: Capability, _ id: String) -> [PreparedCall] {
        switch capability {
        case .delete:
            let request = DeleteCertificateRequest(certificateID: id, name: "conformance")
            return [madeUp(capability) { try await $0.deleteCertificate(request, context: $1) }]
        case .import:
            let request = ImportCertificateRequest(
                name: "conformance", certificatePEM: Self.madeUpRequest, privateKey: Secret("made up")
            )
            return [madeUp(capability) { try await $0.importCertificate(request, context: $1) }]
        case .autoRenewal:
            let request = SetAutoRenewalRequest(certificateID: id, isOn: false)
            return [madeUp(capability) { try await $0.setAutoRenewal(request, context: $1) }]
        case .domainValidationChange:
            let request = SetDomainValidationMethodRequest(orderID: id, method: "conformance")
            return [
                PreparedCall(capability) { provider, context throws(CertificateError) in
                    .validations(try await provider.setDomainValidationMethod(request, context: context))
                }
            ]
        default: return [Self.plainList(capability)?.call].compactMap(\.self)
        }
    }

    private func madeUp(
        _ capability: Capability, _ detail: String? = nil,
        _ perform:
            @escaping @Sendable (any CertificateProvider, OperationContext) async throws -> Receipt
    ) -> PreparedCall {
        PreparedCall(capability, detail) { provider, context throws(CertificateError) in
            do {
                return .receipt(try await perform(provider, context))
            } catch {
                throw CertificateError.wrapping(error)
            }
        }
    }

    /// The shape of a request. Whoever reads it has gone too far already.
    static let madeUpRequest = """
        -----BEGIN CERTIFICATE REQUEST-----
        MAA=
        -----END CERTIFICATE REQUEST-----

        """
}
