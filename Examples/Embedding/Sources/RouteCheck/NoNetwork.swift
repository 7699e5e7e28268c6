import AdapterHTTP

/// A transport for programs that only look at the configuration: nothing can leave.
struct NoNetwork: ClientTransport {
    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        throw TransportFailure(.configuration, "this program makes no requests")
    }
}
