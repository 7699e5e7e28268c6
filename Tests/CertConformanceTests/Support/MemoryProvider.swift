import CertConformance
import CertProtocol
import Foundation

/// A provider of the authority in memory: it conforms, but for the one thing that ``breakage`` names.
struct MemoryProvider: CertificateProvider {
    let authority: MemoryAuthority
    let id: String
    let key: Secret
    /// Where a leaking adapter would have its key.
    let plainKey: String?
    let isReachable: Bool
    let breakage: Breakage?
    /// The capabilities that it is made without.
    let withheld: Set<Capability>
    let chain = TestChain.shared

    static let all: Set<Capability> = Set(Capability.allCases)

    var capabilities: ProviderCapabilities {
        var operations = Self.all.subtracting(withheld)
        switch breakage {
        case .doesWithoutDeclaring(let capability), .asksBeforeRefusing(let capability): operations.remove(capability)
        case .changesItsMind where authority.requests > 0: operations.remove(.extend)
        default: break
        }
        return ProviderCapabilities(
            operations: Capabilities(Capability.allCases.filter(operations.contains)),
            lookups: operations.contains(.orderDetail) ? [.order, .serial] : [],
            pageSize: 100,
            downloadFormats: [.pem, .chain, .fullChain],
            renewalNeedsRequest: false,
            revocationReasons: [.unspecified, .superseded],
            revocationScopes: [.wholeOrder],
            productsWithoutRequest: ["own-key"],
            revokesByKey: true
        )
    }

    /// Everything that the provider does at the authority: one request.
    func exchange<Value: Sendable>(
        _ capability: Capability, _ context: OperationContext, isChange: Bool = false,
        _ execute: @Sendable (inout MemoryBook) throws(CertificateError) -> Value
    ) async throws(CertificateError) -> Value {
        try refuse(capability)
        if let deadline = context.deadline, deadline <= .now, breakage != .sendsAfterDeadline {
            throw CertificateError(.timeout, "The time was over before anything was sent.")
        }
        if isChange, Task.isCancelled, breakage != .sendsWhenCancelled {
            throw CertificateError(.cancelled, "The call was cancelled before anything was sent.")
        }
        if isChange, breakage != .asksLate { try await askPermission(context) }
        guard isReachable else {
            let doubts = breakage == .doubtsWhatWasNotSent && isChange
            throw failed(doubts ? .outcomeUnknown : .unavailable, "Nobody listens there.")
        }
        for _ in 0..<(breakage == .sendsAgain && isChange && authority.fault != nil ? 2 : 1) {
            authority.receive(isChange: isChange)
        }
        if isChange, breakage == .asksLate { try await askPermission(context) }
        authority.note("\(capability.rawValue) at \(breakage == .logsKey ? MemoryAuthority.key : "the authority")")
        guard key == Secret(MemoryAuthority.key) else { throw failed(.authentication, "The key is not accepted.") }
        return try await answer(context, isChange, execute)
    }

    private func refuse(_ capability: Capability) throws(CertificateError) {
        switch breakage {
        case .declaresWithoutDoing(capability): throw .unsupported(capability)
        case .declaresAndFails(capability): throw CertificateError(.rejected, "It does not work.")
        case .asksBeforeRefusing(capability):
            authority.receive(isChange: false)
            throw .unsupported(capability)
        case .doesWithoutDeclaring(capability): return
        default: guard capabilities.operations.contains(capability) else { throw .unsupported(capability) }
        }
    }

    private func askPermission(_ context: OperationContext) async throws(CertificateError) {
        guard breakage != .asksNobody else { return }
        do throws(CertificateError) {
            try await context.beforeSending?(breakage == .asksWithoutDeadline ? nil : context.deadline)
        } catch {
            guard breakage == .ignoresRefusal else { throw error }
        }
    }

    private func answer<Value: Sendable>(
        _ context: OperationContext, _ isChange: Bool,
        _ execute: @Sendable (inout MemoryBook) throws(CertificateError) -> Value
    ) async throws(CertificateError) -> Value {
        let unknown = CertificateError.Code.outcomeUnknown
        switch authority.fault {
        case .unavailable?: throw failed(isChange ? unknown : .unavailable, "The authority is out of order.")
        case .failureBeforeExecution? where isChange: throw failed(unknown, "The authority failed.")
        case .rateLimited?:
            var error = failed(.rateLimited, "The authority asks to slow down.")
            error.retryAfter = breakage == .losesRetryAfter ? nil : AuthorityFault.retryAfter
            throw error
        case .html?, .truncated?:
            throw failed(isChange ? unknown : .malformedResponse, "The answer can't be read.")
        case .hang?: throw try await hang(context, isChange)
        case .hangOnChange? where isChange: throw try await hang(context, isChange)
        case .lostAnswer? where isChange, .failureAfterExecution? where isChange:
            let before = try authority.execute { $0 }
            _ = try authority.execute(execute)
            if breakage == .forgetsLostAnswers { try authority.execute { $0 = before } }
            throw failed(unknown, "The answer was lost.")
        default: return try authority.execute(execute)
        }
    }

    /// Nothing comes, until the deadline passes or the caller gives up.
    private func hang(_ context: OperationContext, _ isChange: Bool) async throws(CertificateError) -> CertificateError
    {
        let end = context.deadline ?? .now.advanced(by: .seconds(20))
        let isDeaf = breakage == .ignoresDeadline || breakage == .ignoresCancellation
        if isDeaf {
            // Not for ever, but longer than the kit waits.
            let nap = Task.detached { try? await Task.sleep(for: .seconds(100)) }
            await nap.value
        }
        do {
            try await Task.sleep(until: end, clock: .continuous)
            return failed(isChange ? .outcomeUnknown : .timeout, "The deadline passed.")
        } catch {
            return failed(isChange ? .outcomeUnknown : .cancelled, "The call was cancelled.")
        }
    }

    func failed(_ code: CertificateError.Code, _ message: String) -> CertificateError {
        var error = CertificateError(code, message)
        if case .gives(let other, code) = breakage { error.code = other }
        if breakage == .showsKeyInErrors { error.providerMessage = "Denied for \(MemoryAuthority.key)." }
        return error
    }
}
