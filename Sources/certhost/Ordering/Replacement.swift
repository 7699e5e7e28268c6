internal import CertProtocol
internal import Foundation
internal import Host

/// A certificate that takes the place of an order's, or stands beside it.
struct Replacement: Sendable {
    let operation: Capability
    let order: RecordReference
    let placing: CertificateOrder

    init(operation: Capability, order: RecordReference, request: RequestOptions, change: ChangeOptions) {
        self.operation = operation
        self.order = order
        placing = CertificateOrder(request: request, change: change)
    }

    /// Reads the order, as far as that is needed and allowed, and makes the call.
    ///
    /// - Parameters:
    ///   - session: the session.
    ///   - change: the call for the names, the signing request, and the order, which a dry run hasn't read.
    /// - Throws: what is refused before the call, and what goes wrong after it.
    func place(
        in session: Session,
        _ change: (_ names: [String], PreparedRequest, HeldOrder?) throws(CertificateError) -> Change
    ) async throws {
        try session.host.require(operation, of: order.provider)
        let earlier = try await placing.check(in: session)
        try Question.check(.costsMoney, operation, placing.change)
        var names = try placing.names()
        if names.isEmpty, placing.change.dryRun {
            throw CertificateError(
                .invalidRequest, "A dry run asks nobody, so it doesn't know the order's names. Give them with --domain."
            )
        }
        let held = try await read(in: session)
        if names.isEmpty { names = held?.names ?? [] }
        let offered = try session.host.provider(order.provider).capabilities
        let prepared = try placing.prepared(
            names, earlier: earlier,
            withoutRequest: operation == .renew && !offered.renewalNeedsRequest ? "that of the order" : nil)
        var call = try change(names, prepared, held)
        call.key = prepared.key
        call.prepare = prepared.writeKey
        if let advice = held?.advice(for: operation, offered: offered.operations) { session.console.notice(advice) }
        try await placing.place(call, in: session)
    }

    /// What stands in a plan for something of the order that a dry run doesn't read; `nil` elsewhere.
    func unread(_ what: String) -> String? { placing.change.dryRun ? "(the order's \(what))" : nil }

    private func read(in session: Session) async throws(CertificateError) -> HeldOrder? {
        let provider = try session.host.provider(order.provider)
        guard !placing.change.dryRun, provider.capabilities.operations.contains(.orderDetail) else { return nil }
        let found = try await session.host.order(.order(order.id), from: order.provider, context: session.context)
        return HeldOrder(found, now: Date())
    }
}
