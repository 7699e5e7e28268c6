internal import AdapterHTTP
internal import HTTPTypes
internal import Synchronization

/// What one provider has learnt from its server and keeps in memory: nonces, the directory, the account's URL.
final class ACMESession: Sendable {
    private struct State {
        var nonces: [String] = []
        var directory: ACME.Directory?
        var account: String?
    }

    private let state = Mutex(State())
    /// Older ones have probably expired by the time that so many are used.
    private static let mostNonces = 8

    /// Keeps the nonce that an answer brings (RFC 8555, section 6.5.1), an error's too. What can't be one is passed over.
    func keepNonce(of answer: HTTPAnswer) {
        guard let name = HTTPField.Name("Replay-Nonce"), let nonce = answer.headers[name], Base64URL.isText(nonce)
        else {
            return
        }
        state.withLock { state in
            guard !state.nonces.contains(nonce) else { return }
            state.nonces = state.nonces.suffix(Self.mostNonces - 1) + [nonce]
        }
    }

    /// The latest nonce; nobody else gets it.
    func takeNonce() -> String? { state.withLock { $0.nonces.popLast() } }

    var directory: ACME.Directory? {
        get { state.withLock { $0.directory } }
        set { state.withLock { $0.directory = newValue } }
    }

    var account: String? {
        get { state.withLock { $0.account } }
        set { state.withLock { $0.account = newValue } }
    }

    /// Forgets an account that the server doesn't know, unless another one has taken its place.
    func forgetAccount(_ url: String) { state.withLock { if $0.account == url { $0.account = nil } } }
}
