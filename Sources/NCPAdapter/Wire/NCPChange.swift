internal import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

/// A request that changes something at the service. Each endpoint of that kind has a type of its own, with its path and the
/// body that its page documents; ``NCPAPI/send(_:context:)`` sends them all alike.
protocol NCPChange: Sendable {
    /// The call: method, path, body.
    var call: HTTPCall { get }
}

extension NCPChange {
    /// A POST of JSON.
    static func post(_ target: RequestTarget, _ body: JSONNode) -> HTTPCall {
        HTTPCall(.post, target, effect: .mutation, body: Array(body.text.utf8))
    }
}
