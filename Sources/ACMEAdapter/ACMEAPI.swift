internal import AdapterHTTP
internal import CertProtocol
internal import FoundationEssentials
internal import HTTPTypes

/// The resources of an ACME server (RFC 8555, section 7), for one call of a provider. One function for each.
struct ACMEAPI: Sendable {
    /// A record, and how long the server asks to wait before it is read again.
    struct Reply<Record: Sendable>: Sendable {
        var record: Record
        var retryAfter: Duration?
    }

    let http: ProviderHTTPClient
    let session = ACMESession()
    let state: ACMEState
    let origin: ServiceURL
    private let settings: ACMESettings
    private var context = OperationContext()

    /// How often a request is sent again because its nonce wasn't taken. Each refusal brings a fresh one; of a server that
    /// refuses every second one on purpose, as Pebble can, one call in 30,000 fails.
    private static let nonceRetries = 14

    /// A client for one account.
    init(
        settings: ACMESettings, context: AdapterContext, transport: any ClientTransport, clock: OperationClock
    ) {
        self.settings = settings
        origin = settings.directory.origin
        state = ACMEState(settings: settings)
        let credential = Secret("\(settings.directory) \(settings.stateFolder)")
        http = ProviderHTTPClient(
            root: origin, context: context, transport: transport,
            limiter: .shared(scope: ACME.adapterName, credential: credential, context: context, clock: clock),
            secrets: settings.secrets, clock: clock,
            // Messages are signed as a whole; nothing in the head is.
            sign: { (_, _) in },
            readError: { [session] answer, effect in
                session.keepNonce(of: answer)
                return ACMEErrors.read(answer, effect)
            }
        )
    }

    /// The same for a call of that context.
    func during(_ context: OperationContext) -> ACMEAPI {
        var api = self
        api.context = context
        return api
    }

    // MARK: The server

    /// The directory, read once.
    private func directory() async throws(CertificateError) -> ACME.Directory {
        if let directory = session.directory { return directory }
        let answer: HTTPAnswer
        do throws(CertificateError) {
            answer = try await readDirectory(settings.directory.path)
        } catch  where error.code == .notFound || (300..<400).contains(error.httpStatus ?? 0) {
            // Some want the slash at the end of the path, which addresses in a configuration don't have.
            answer = try await readDirectory(settings.directory.path + "/")
        }
        guard let directory = ACME.Directory(try answer.jsonObject()) else {
            throw answer.malformed("This is no directory of an ACME server; check directory.")
        }
        for url in directory.used { _ = try ACMELocation(url, at: origin) }
        session.directory = directory
        return directory
    }

    private func readDirectory(_ path: String) async throws(CertificateError) -> HTTPAnswer {
        try await http.send(HTTPCall(RequestTarget(verbatim: path, template: "/directory")), context: context)
    }

    /// A nonce that nobody has used.
    private func nonce() async throws(CertificateError) -> String {
        for _ in 0..<5 {
            if let nonce = session.takeNonce() { return nonce }
            let location = try ACMELocation(try await directory().newNonce, at: origin)
            _ = try await http.send(HTTPCall(.head, location.target("/new-nonce")), context: context)
        }
        throw CertificateError(.malformedResponse, "The server at \(origin.authority) hands out no nonces.")
    }

    // MARK: The account

    /// The URL of the account. One that isn't there is registered where that is allowed.
    ///
    /// Looking for it reads, although it is a newAccount too; registering is a change, so that whoever only reads can forbid it.
    /// For a key that has an account by now the server answers with that one (RFC 8555, section 7.3): it is safe to repeat.
    func account() async throws(CertificateError) -> String {
        if let account = session.account { return account }
        let account = try await findAccount(orRegister: true)
        session.account = account
        return account
    }

    /// Looks whether the account is there, or could be registered. Registers nothing.
    func checkAccount() async throws(CertificateError) {
        do throws(CertificateError) {
            _ = try await findAccount(orRegister: false)
        } catch  where error.providerCode == ACMEErrors.accountDoesNotExist {
            // It is registered with the first order.
        }
    }

    private func findAccount(orRegister registers: Bool) async throws(CertificateError) -> String {
        let directory = try await directory()
        let key = try state.accountKey()
        var message = Message(url: directory.newAccount, resource: "/new-account", payload: ACMEPayload.existingAccount)
        do throws(CertificateError) {
            return try location(of: try await send(message, by: key, as: .publicKey), "account").url
        } catch  where error.providerCode == ACMEErrors.accountDoesNotExist {
            let obstacle = ACMEErrors.obstacle(settings, to: directory) { http.redactor.message($0) }
            guard registers, obstacle == nil else { throw obstacle ?? error }
        }
        message.payload = ACMEPayload.newAccount(
            contacts: settings.contacts, areTermsAgreed: settings.areTermsAgreed,
            binding: settings.externalAccount.map { JWS.binding(of: key, to: $0, url: message.url) }
        )
        message.effect = .mutation
        return try location(of: try await send(message, by: key, as: .publicKey), "account").url
    }

    // MARK: Orders

    /// newOrder: the new order and where it is. The order is `nil` where the answer can't be read but says where.
    func newOrder(names: [String], notAfter: Date?) async throws(CertificateError) -> (ACMELocation, ACME.Order?) {
        let payload = ACMEPayload.newOrder(names: names, notAfter: notAfter)
        let answer = try await send(
            Message(url: try await directory().newOrder, resource: "/new-order", payload: payload, effect: .mutation))
        return (try location(of: answer, "order"), answer.lenientJSON.flatMap(ACME.Order.init))
    }

    /// An order.
    func order(_ location: ACMELocation) async throws(CertificateError) -> Reply<ACME.Order> {
        try await read(location.url, "order", ACME.Order.init)
    }

    /// The authorizations of an order.
    func authorizations(of order: ACME.Order) async throws(CertificateError) -> [Reply<ACME.Authorization>] {
        var all: [Reply<ACME.Authorization>] = []
        for url in order.authorizations { all.append(try await read(url, "authorization", ACME.Authorization.init)) }
        return all
    }

    /// Tells the server that what a challenge wants is published.
    func respond(to challenge: ACME.Challenge) async throws(CertificateError) {
        _ = try await send(
            Message(
                url: challenge.url, resource: "/challenge/{}", payload: ACMEPayload.challengeResponse, effect: .mutation
            ))
    }

    /// Hands the signing request in. An order takes one only (RFC 8555, section 7.4): sent again it does nothing more.
    func finalize(_ order: ACME.Order, signingRequest: Data) async throws(CertificateError) {
        guard let url = order.finalize else {
            throw CertificateError(.malformedResponse, "The order is ready, and doesn't say where to finalize it.")
        }
        let payload = ACMEPayload.finalize(signingRequest: signingRequest)
        _ = try await send(Message(url: url, resource: "/finalize/{}", payload: payload, effect: .mutation))
    }

    // MARK: Certificates

    /// A certificate with its chain, leaf first: of several chains the preferred one, otherwise the server's first.
    func certificate(_ location: ACMELocation) async throws(CertificateError) -> [PEMCertificate] {
        let (chain, alternates) = try await chain(location.url)
        guard let preferred = settings.preferredChain, chain.last?.issuerCommonName != preferred else { return chain }
        // The certificate is there; that another chain can't be had takes nothing from it.
        for url in alternates.prefix(8) {
            if let other = try? await self.chain(url).0, other.last?.issuerCommonName == preferred { return other }
        }
        return chain
    }

    private func chain(_ url: String) async throws(CertificateError) -> ([PEMCertificate], alternates: [String]) {
        let answer = try await send(
            Message(url: url, resource: "/certificate/{}", payload: nil, accept: "application/pem-certificate-chain"))
        guard let chain = PEMCertificate.all(in: String(decoding: answer.body, as: UTF8.self))?.chain(), !chain.isEmpty
        else { throw answer.malformed("These are no certificates.") }
        return (chain, LinkField.targets(of: answer.headers, relation: "alternate"))
    }

    /// revokeCert, by the account or by the certificate's own key.
    func revoke(_ certificate: [UInt8], reason: Int64?, by key: JWSKey?) async throws(CertificateError) {
        guard let url = try await directory().revokeCert else {
            throw CertificateError(.unsupported, "The server at \(origin.authority) revokes nothing by ACME.")
        }
        let message = Message(
            url: url, resource: "/revoke", payload: ACMEPayload.revocation(of: certificate, reason: reason),
            effect: .mutation)
        if let key {
            _ = try await send(message, by: key, as: .publicKey)
        } else {
            _ = try await send(message)
        }
    }

    // MARK: Messages

    /// A request before it is signed.
    private struct Message {
        let url: String
        let resource: String
        var payload: JSONNode?
        var effect = HTTPCall.Effect.read
        var accept = "application/json"
    }

    private func read<Record: Sendable>(
        _ url: String, _ name: String, _ read: (JSONValue) -> Record?
    ) async throws(CertificateError) -> Reply<Record> {
        let answer = try await send(Message(url: url, resource: "/\(name)/{}", payload: nil))
        guard let record = read(try answer.jsonObject()) else {
            throw answer.malformed("The answer holds no readable \(name).")
        }
        return Reply(record: record, retryAfter: answer.retryAfter)
    }

    /// Where the resource is that an answer is about.
    private func location(of answer: HTTPAnswer, _ what: String) throws(CertificateError) -> ACMELocation {
        guard let url = answer.headers[.location] else {
            throw answer.malformed("The server doesn't say where the \(what) is.")
        }
        do throws(CertificateError) {
            return try ACMELocation(url, at: origin)
        } catch {
            throw answer.malformed(error.message)
        }
    }

    /// Sends a message of the account's. A server that has lost its accounts gets the account anew, once, where that is
    /// allowed; what it refused for want of one it has not carried out.
    private func send(_ message: Message) async throws(CertificateError) -> HTTPAnswer {
        let key = try state.accountKey()
        let account = try await account()
        do throws(CertificateError) {
            return try await send(message, by: key, as: .account(account))
        } catch  where error.providerCode == ACMEErrors.accountDoesNotExist {
            session.forgetAccount(account)
            return try await send(message, by: key, as: .account(try await self.account()))
        }
    }

    /// Sends a message, each attempt with a nonce of its own, and again where the nonce wasn't taken: the server has carried
    /// nothing out then (RFC 8555, section 6.5).
    private func send(
        _ message: Message, by key: JWSKey, as identity: JWS.Identity
    ) async throws(CertificateError) -> HTTPAnswer {
        let location = try ACMELocation(message.url, at: origin)
        let headers: HTTPFields = [.contentType: "application/jose+json", .accept: message.accept]
        var call = HTTPCall(.post, location.target(message.resource), effect: message.effect, headers: headers)
        call.makeBody = { () throws(CertificateError) in
            try JWS.message(
                message.payload, by: key, as: identity, url: location.url, nonce: try await beforeChange(nonce))
        }
        var retries = Self.nonceRetries
        while true {
            do throws(CertificateError) {
                return try await http.send(call, context: context)
            } catch  where error.providerCode == ACMEErrors.badNonce && retries > 0 {
                retries -= 1
            }
        }
    }
}
