internal import CertProtocol

/// Certificates of listed orders that the list itself doesn't show.
extension CertificateHost {
    /// The certificates, each followed by the duplicates and reissues of its order that the list leaves out.
    ///
    /// Orders are asked as many at a time as the provider's `concurrency` allows; what comes back keeps the list's order.
    func withUnlisted(
        _ certificates: [Certificate], of entry: ConfiguredProvider, context: OperationContext
    ) async throws(CertificateError) -> [Certificate] {
        let orders = certificates.indices.filter { !certificates[$0].notListed.isEmpty }
        guard !orders.isEmpty else { return certificates }
        var found: [Int: [Certificate]] = [:]
        let failure = await withTaskGroup(of: (Int, Result<[Certificate], CertificateError>).self) { group in
            var pending = orders.makeIterator()
            func start() {
                guard let index = pending.next() else { return }
                group.addTask {
                    (index, await self.unlisted(besides: certificates[index], of: entry, context: context))
                }
            }
            for _ in 0..<max(1, entry.configuration.concurrency) { start() }
            for await (index, result) in group {
                switch result {
                case .success(let more): found[index] = more
                case .failure(let error):
                    group.cancelAll()
                    return error as CertificateError?
                }
                start()
            }
            return nil
        }
        if let failure { throw failure }
        return certificates.indices.flatMap { [certificates[$0]] + (found[$0] ?? []) }
    }

    private func unlisted(
        besides primary: Certificate, of entry: ConfiguredProvider, context: OperationContext
    ) async -> Result<[Certificate], CertificateError> {
        guard let orderID = primary.orderID else { return .success([]) }
        do throws(CertificateError) {
            var more: [Certificate] = []
            if primary.notListed.duplicates > 0 {
                more += try await duplicates(of: orderID, at: entry.id, context: context)
            }
            if primary.notListed.reissues > 0 {
                more += try await reissues(of: orderID, at: entry.id, context: context)
            }
            // Both lists may repeat the primary certificate, and each other's.
            var known: Set<String> = primary.certificateID.map { [$0] } ?? []
            return .success(more.filter { $0.certificateID.map { known.insert($0).inserted } ?? true })
        } catch {
            return .failure(error)
        }
    }
}
