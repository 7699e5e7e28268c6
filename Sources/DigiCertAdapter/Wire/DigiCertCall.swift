internal import AdapterHTTP
internal import CertProtocol

/// A call that is more than a path: one with a body, or with a choice of paths. Each has a type of its own, with what its page
/// documents and how its answer is read; ``DigiCertAPI/send(_:context:)`` sends them all alike.
protocol DigiCertCall: Sendable {
    /// What the answer says.
    associatedtype Answer = Void

    /// Method, path, body. Most change something and are sent once; what may be done any number of times is retried as reads
    /// are, in spite of its method.
    var call: HTTPCall { get }

    /// Reads the answer.
    ///
    /// - Throws: where it isn't what is documented.
    func read(_ answer: HTTPAnswer) throws(CertificateError) -> Answer
}

extension DigiCertCall where Answer == Void {
    /// Nothing that the answer could say is of use.
    func read(_ answer: HTTPAnswer) throws(CertificateError) {}
}
