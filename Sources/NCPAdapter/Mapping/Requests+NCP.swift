internal import CertProtocol
internal import FoundationEssentials

// What is asked for in the words of the unified model, as the bodies that the service takes. Whatever one of them can't say is
// refused here, before anything is sent; nothing is left out silently.

extension NCP.AdvancedIssuance {
    init(_ request: IssueRequest, type: String, name: NCPName) throws(CertificateError) {
        try NCPRefusal.validity(request.contents)
        let isOV = NCPText.validation(ofType: type) == "ov"
        guard !isOV || request.organizationID != nil else {
            throw .unsent("\(type) is issued to an organization; name one by its number.")
        }
        self.init(
            csr: try NCPRefusal.signingRequest(request.contents), certificateType: type, certificateName: name.text,
            commonName: request.contents.commonName, dnsName: request.contents.furtherNames,
            validationMethod: try NCPRefusal.method(request.validationMethod, of: ["D", "PD"]),
            organizationNo: try request.organizationID.map(NCPRefusal.organization),
            keyAlgorithm: request.keyAlgorithm,
            subscriptionPeriod: try request.orderValidity.map(NCPRefusal.years)
        )
    }
}

extension NCP.CloudBasicIssuance {
    init(_ request: IssueRequest, name: NCPName) throws(CertificateError) {
        try NCPRefusal.validity(request.contents)
        try NCPRefusal.ownKey(request, "Cloud Basic", hasKeyAlgorithm: false)
        self.init(
            certificateName: name.text, commonName: request.contents.commonName,
            dnsName: request.contents.furtherNames,
            validationMethod: try NCPRefusal.method(request.validationMethod, of: ["D"])
        )
    }
}

extension NCP.PrivateIssuance {
    /// The key is kept by Certificate Manager: no operation would hand it out.
    init(
        _ request: IssueRequest, type: String, authority: String?, name: NCPName, now: Date
    ) throws(CertificateError) {
        guard let authority else {
            throw .unsent("a private certificate is signed by an authority of the account; set ca_tag to its tag.")
        }
        try NCPRefusal.ownKey(request, "the private authority", hasKeyAlgorithm: true)
        guard request.validationMethod == nil else {
            throw .unsent("the private authority wants no proof of the control of a domain.")
        }
        let key = request.keyAlgorithm ?? "EC256"
        guard ["RSA2048", "RSA4096", "EC256", "EC521"].contains(key) else {
            throw .unsent("the private authority makes keys of RSA2048, RSA4096, EC256 and EC521, not “\(key)”.")
        }
        let days = (request.contents.validity ?? .years(1)).days(from: now)
        guard (1...3650).contains(days) else {
            throw .unsent("a private certificate is valid for 1 to 3650 days, not \(days).")
        }
        let name64 = request.contents.commonName
        guard (1...64).contains(name64.count) else { throw .unsent("a common name has 1 to 64 characters.") }
        self.init(
            caTag: authority, certificateName: name.text, certificateType: type, keyType: key, period: String(days),
            registPrivateKey: true, commonName: name64, dnsSans: request.contents.furtherNames
        )
    }
}

extension NCP.Reissue {
    /// The certificate that is made anew is the order's newest issued one that is itself no reissue, where the service says so;
    /// it is filled in once the order was read.
    init(_ request: ReissueRequest, name: NCPName) throws(CertificateError) {
        try NCPRefusal.validity(request.contents)
        self.init(
            certificateNo: 0, csr: try NCPRefusal.signingRequest(request.contents), certificateName: name.text,
            commonName: request.contents.commonName, dnsName: request.contents.furtherNames,
            validationMethod: try NCPRefusal.method(request.validationMethod, of: ["D"])
        )
    }
}

extension NCP.ExternalRegistration {
    init(_ request: ImportCertificateRequest, version: NCPSettings.APIVersion) throws(CertificateError) {
        guard version == .v2 || request.certificateID == nil else {
            throw .unsent("v1 of the API registers certificates anew only; it replaces none.")
        }
        self.init(
            version: version, certificateName: try NCPName(request.name, journalKey: nil).text,
            certificateNo: try request.certificateID.map(NCPReference.number), privateKey: request.privateKey,
            certificateBody: request.certificatePEM, certificateChain: request.chainPEM
        )
    }
}

extension NCP.Revocation {
    /// The reasons of the service's table, complete.
    static let reasons: [RevocationReason] = [.unspecified, .affiliationChanged, .superseded, .cessationOfOperation]

    init(_ request: RevokeRequest) throws(CertificateError) {
        guard Self.reasons.contains(request.reason) else {
            throw .unsent(
                "NAVER Cloud takes the reasons \(Self.reasons.map(\.rawValue).joined(separator: ", ")), not "
                    + "\(request.reason.rawValue)."
            )
        }
        let number: Int64
        switch request.scope {
        case .certificate(let id): number = try NCPReference.number(id)
        case .wholeOrder: number = Self.everyCertificate
        @unknown default: throw .unsent("NAVER Cloud revokes a certificate or a whole order.")
        }
        self.init(
            orderID: try NCPReference.order(request.orderID, toBe: "revoked"), certificateNo: number,
            revokeType: request.reason.rawValue
        )
    }
}

extension NCP.SubscriptionExtension {
    init(_ request: ExtendRequest) throws(CertificateError) {
        self.init(
            orderID: try NCPReference.order(request.orderID, toBe: "extended"),
            years: try NCPRefusal.years(request.period)
        )
    }
}

extension ListChangesRequest {
    /// The window in seconds. Rounded up: a second more loses nothing, and 0 isn't allowed.
    ///
    /// - Throws: `invalid_request` for a window that the service doesn't have.
    func seconds() throws(CertificateError) -> Int64 {
        guard since > .zero, since <= Self.longestWindow else {
            throw .unsent("changes can be asked for over more than nothing and seven days at most.")
        }
        let parts = since.components
        return parts.seconds + (parts.attoseconds > 0 ? 1 : 0)
    }
}

/// What the service can't be asked for.
private enum NCPRefusal {
    static func signingRequest(_ contents: CertificateContents) throws(CertificateError) -> String {
        guard contents.signingRequest.contains("-----BEGIN") else {
            throw .unsent("Advanced certificates need a certificate signing request, PEM.")
        }
        return contents.signingRequest
    }

    static func validity(_ contents: CertificateContents) throws(CertificateError) {
        guard contents.validity == nil else {
            throw .unsent("NAVER Cloud sets how long a certificate is valid; only the paid period can be chosen.")
        }
    }

    /// Refuses what has no meaning where the service makes the key.
    static func ownKey(_ request: IssueRequest, _ who: String, hasKeyAlgorithm: Bool) throws(CertificateError) {
        guard request.contents.signingRequest.allSatisfy(\.isWhitespace) else {
            throw .unsent("\(who) makes the key itself and takes no certificate signing request.")
        }
        guard request.organizationID == nil else { throw .unsent("\(who) issues to no organization.") }
        guard request.orderValidity == nil else { throw .unsent("\(who) has no paid period.") }
        guard hasKeyAlgorithm || request.keyAlgorithm == nil else {
            throw .unsent("\(who) doesn't let one choose the kind of key.")
        }
    }

    static func method(_ method: String?, of offered: [String]) throws(CertificateError) -> String {
        guard let method else { return offered[0] }
        guard offered.contains(method) else {
            throw .unsent(
                "the control of a domain is proven by \(offered.joined(separator: " or ")) here, not by “\(method)”."
            )
        }
        return method
    }

    static func organization(_ id: String) throws(CertificateError) -> Int64 {
        guard let number = Int64(id), number > 0 else {
            throw .unsent("the id of an organization is a number; “\(id)” is none.")
        }
        return number
    }

    static func years(_ period: ValidityPeriod) throws(CertificateError) -> Int {
        guard case .years(let years) = period, (1...3).contains(years) else {
            throw .unsent("NAVER Cloud sells periods of 1, 2 and 3 years.")
        }
        return years
    }
}

extension CertificateContents {
    /// The names besides the common name, which isn't repeated.
    fileprivate var furtherNames: [String] { dnsNames.filter { $0 != commonName } }
}

extension ValidityPeriod {
    /// How many days it lasts from an instant on; 0 where that is no time at all, or longer than anybody counts.
    fileprivate func days(from now: Date) -> Int {
        switch self {
        case .years(let years): (0...100).contains(years) ? years * 365 : 0
        case .days(let days): days
        case .until(let day): Int(day.startInUTC.timeIntervalSince(now) / 86_400)
        @unknown default: 0
        }
    }
}
