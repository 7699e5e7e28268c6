extension CASandbox {
    /// Makes the sandbox misbehave.
    ///
    /// - Parameters:
    ///   - fault: what it does wrong.
    ///   - scope: the requests that it concerns.
    ///   - requestNumber: the first of these requests that it acts on, counted from 0 at the moment of this call.
    ///   - times: on how many requests it acts from there; `nil` for all.
    public func inject(
        _ fault: SandboxFault, on scope: SandboxFault.Scope = .everything, from requestNumber: Int = 0,
        times: Int? = nil
    ) {
        faults.add(FaultPlan.Entry(fault: fault, scope: scope, first: max(0, requestNumber), times: times))
    }

    /// Ends all misbehaviour. Answers that are under way end as they began.
    public func clearFaults() { faults.removeAll() }
}
