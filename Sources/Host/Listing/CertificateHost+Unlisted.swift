internal import CertProtocol

/// Certificates of listed orders that the list itself doesn't show.
extension CertificateHost {
    /// What asking for the duplicates and reissues of orders brought.
    struct Unlisted: Sendable {
        var certificates: [Certificate] = []
        var problems: [RowProblem] = []
        /// What wasn't fetched.
        var notListed = NotListed()
        /// Why not.
        var error: CertificateError?
    }

    /// The certificates, each followed by the duplicates and reissues of its order that the list leaves out.
    ///
    /// Orders are asked as many at a time as the provider's `concurrency` allows; what comes back keeps the list's order. An
    /// order that fails costs only its own; after a failure that the next order would meet too, no further one is asked.
    func withUnlisted(
        _ certificates: [Certificate], of entry: ConfiguredProvider, context: OperationContext
    ) async -> Unlisted {
        var found: [Int: Unlisted] = [:]
        await withTaskGroup(of: (Int, Unlisted).self) { group in
            var pending = certificates.indices.filter { !certificates[$0].notListed.isEmpty }[...]
            func start() {
                guard let index = pending.popFirst() else { return }
                group.addTask {
                    (index, await self.unlisted(besides: certificates[index], of: entry, context: context))
                }
            }
            for _ in 0..<max(1, entry.configuration.concurrency) { start() }
            for await (index, result) in group {
                found[index] = result
                if let error = result.error, !error.concernsOneOrder { pending = [] }
                start()
            }
        }
        var all = Unlisted()
        for (index, certificate) in certificates.enumerated() {
            all.certificates.append(certificate)
            guard let more = found[index] else {
                all.notListed.add(certificate.notListed)
                continue
            }
            all.certificates += more.certificates
            all.problems += more.problems
            all.notListed.add(more.notListed)
            all.error = all.error ?? more.error
        }
        return all
    }

    private func unlisted(
        besides primary: Certificate, of entry: ConfiguredProvider, context: OperationContext
    ) async -> Unlisted {
        var result = Unlisted()
        guard let orderID = primary.orderID else { return result }
        do throws(CertificateError) {
            let lists: [(count: Int, capability: Capability, pages: PageRead<Certificate>)] = [
                (primary.notListed.duplicates, .listDuplicates, Self.duplicatePages(of: orderID)),
                (primary.notListed.reissues, .listReissues, Self.reissuePages(of: orderID)),
            ]
            for list in lists where list.count > 0 {
                let shortfall = try await readPages(list.capability, on: entry, context: context, read: list.pages) {
                    result.certificates += $0.items
                    result.problems += $0.problems
                }
                if let shortfall { throw CertificateError(.malformedResponse, shortfall) }
            }
        } catch {
            result.error = error
            result.notListed = primary.notListed
        }
        // Both lists may repeat the primary certificate, and each other's.
        var known: Set<String> = primary.certificateID.map { [$0] } ?? []
        if primary.certificateID == nil, let serial = primary.serialNumber {
            result.certificates.removeAll { $0.serialNumber == serial }
        }
        result.certificates.removeAll { $0.certificateID.map { !known.insert($0).inserted } ?? false }
        return result
    }
}

extension CertificateError {
    /// Whether the failure is about the order that was asked for, and says nothing about the next one.
    fileprivate var concernsOneOrder: Bool {
        [.notFound, .invalidRequest, .malformedResponse, .rejected].contains(code)
    }
}
