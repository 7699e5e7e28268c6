internal import CertProtocol
internal import Host

/// One call that changes something at a certificate authority, as a command makes it.
struct Change: Sendable {
    /// What has to be known before one says yes.
    enum Weight: Sendable {
        /// It neither costs nor ends anything.
        case light
        /// It may cost money.
        case costsMoney
        /// It ends something for good.
        case isFinal
    }

    typealias Call =
        @Sendable (CertificateHost, OrderingOptions, OperationContext) async throws(CertificateError) -> Receipt

    /// What is asked for.
    var request: JournaledRequest
    /// The provider that is named, or holds what the call is about; `nil` where the routes decide.
    var provider: String?
    /// What it weighs.
    var weight: Weight
    /// The key that it is for, for people: `EC P-256, made here`.
    var key: String?
    /// What else has to be known before one says yes, as sentences.
    var remarks: [String] = []
    /// What is to be validated, for the routes.
    var validation: String?
    /// Is done between the yes and the call: a key is written to its file, for one.
    var prepare: (@Sendable () throws(CertificateError) -> Void)?
    /// Makes the call.
    var call: Call

    init(
        _ request: JournaledRequest, at provider: String?, weight: Weight, call: @escaping Call
    ) {
        self.request = request
        self.provider = provider
        self.weight = weight
        self.call = call
    }
}
