internal import CertProtocol
internal import Host

extension JournaledRequest {
    /// Something that only this kind of call has.
    struct Particular {
        var name: String
        var label: String
        var value: String
    }

    /// What only this kind of call has, as far as it was said.
    var particulars: [Particular] {
        let all: [(String, String, String?)] =
            switch self {
            case .issue(let request): Self.particulars(request)
            case .renew(let request): Self.particulars(request.issue)
            case .reissue(let request): [("validation_method", "Domain validation", request.validationMethod)]
            case .extend(let request): [("period", "Extended by", request.period.text)]
            case .revoke(let request):
                [
                    ("scope", "Revokes", request.scope.text), ("reason", "Reason", request.reason.rawValue),
                ]
            case .delete(let request): [("name", "Name", request.name)]
            case .import(let request): [("name", "Name", request.name)]
            case .autoRenewal(let request): [("auto_renewal", "Automatic renewal", request.isOn ? "on" : "off")]
            case .domainValidationChange(let request):
                [("validation_method", "Domain validation", request.method)]
            case .approval(let request):
                [
                    ("request_id", "Request", request.requestID),
                    ("decision", "Decision", request.isApproved ? "approve" : "reject"),
                    ("comment", "Comment", request.comment),
                ]
            default: []
            }
        return all.compactMap { name, label, value in value.map { Particular(name: name, label: label, value: $0) } }
    }

    private static func particulars(_ request: IssueRequest) -> [(String, String, String?)] {
        [
            ("organization_id", "Organization", request.organizationID),
            ("order_validity", "Paid period", request.orderValidity?.text),
            ("validation_method", "Domain validation", request.validationMethod),
        ]
    }
}

extension RevocationScope {
    /// The scope for people: what is revoked, and nothing else.
    var text: String {
        switch self {
        case .certificate(let id): "certificate \(id), and no other"
        case .wholeOrder: "every certificate of the order, duplicates and reissues included"
        @unknown default: kind.rawValue
        }
    }
}
