internal import CertProtocol

extension DomainValidation {
    /// The proof of a name, and what has to be published for it while it is open.
    init(
        _ authorization: ACME.Authorization, _ task: (challenge: ACME.Challenge, publication: Publication)?,
        orderID: String, provider: String
    ) {
        self.init(provider: provider, domain: authorization.name, raw: authorization.raw)
        self.orderID = orderID
        status = authorization.status
        expiresAt = authorization.expires.flatMap { CertificateDate($0) }
        // Of a decided authorization only the challenge that was gone is left.
        method = task?.challenge.type ?? authorization.challenges.first?.type
        guard let publication = task?.publication, authorization.status == "pending" else { return }
        switch publication.type {
        case .http:
            recordName = "http://\(publication.domain)\(publication.path)"
            recordType = "HTTP"
        case .dns:
            recordName = publication.name
            recordType = "TXT"
        }
        recordValue = publication.value
    }
}
