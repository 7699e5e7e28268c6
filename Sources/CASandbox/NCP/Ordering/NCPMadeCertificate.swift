internal import CertProtocol
internal import FoundationEssentials

/// A certificate that was ordered, registered or changed while the sandbox runs.
struct NCPMadeCertificate: Sendable {
    /// Where a certificate stands, in the service's code and its words.
    enum Status: String, Sendable {
        case ongoing = "0"
        case normal = "1"
        /// The key is with the customer.
        case withoutPrivateKey = "2"
        case failed = "-1"
        case validationTimedOut = "-4"
        case revoked = "-5"
        case deleted = "-6"
        case revocationRequested = "-7"

        var name: String {
            switch self {
            case .ongoing: "Ongoing"
            case .normal: "Normal"
            case .withoutPrivateKey: "Normal - Private key registration required for NCP use"
            case .failed: "Failed"
            case .validationTimedOut: "Validation timed out"
            case .revoked: "Revoked"
            case .deleted: "Deleted"
            case .revocationRequested: "Revocation requested"
            }
        }

        /// Whether it can be used, revoked and made anew (console guide, "Revocation").
        var isInForce: Bool { self == .normal || self == .withoutPrivateKey }
    }

    /// A certificate in bytes, with those above it.
    struct Text: Sendable {
        var certificate: String
        var intermediate: String?
        var root: String?
        var serialNumber: String
        var issuer: String
        var keyInfo: String
        var notBefore: Date
        var notAfter: Date
    }

    let number: Int64
    let name: String
    let commonName: String
    var dnsNames: [String] = []
    let type: String
    var orderID: String?
    var organization: CertificateTemplate.Organization?
    /// Whether it was made from another one of its order.
    var isReissue = false
    let registered: Date
    var changed: Date
    var status: Status
    var text: Text?
    var revoked: Date?

    /// The request that it is signed for, once the control of its domains is proven.
    var request: SigningRequest?
    /// `D`, or `PD` for a record that stays.
    var validationMethod = "D"
    /// How often the proof of each domain has been looked at.
    var looks: [String: Int] = [:]

    /// The common name and the further names, each once.
    var domains: [String] {
        var seen: Set<String> = []
        return ([commonName] + dnsNames).filter { seen.insert($0).inserted }
    }

    /// Where the proof of a domain stands. The first look shows what to publish; from the second on it has been found.
    func validStatus(of domain: String) -> String {
        if text != nil { return "VALID_STATUS_SUCCESS" }
        if NCPNameRules.timesOut(domain) { return "VALID_STATUS_TIMEOUT" }
        let isFound = looks[domain, default: 0] > 1 && !NCPNameRules.isUnpublished(domain)
        return isFound ? "VALID_STATUS_SUCCESS" : "VALID_STATUS_REG"
    }

    /// The item of every list of API 2.0.
    var item: JSONNode { .record(account + contents(text)) }

    private var account: [(String, JSONNode?)] {
        [
            ("certificateNo", .integer(number)), ("certificateName", .string(name)), ("memberNo", "9999999"),
            ("commonName", .string(commonName)),
            ("dnsName", .when(!dnsNames.isEmpty, .string(dnsNames.joined(separator: ",")))),
            ("statusCode", .string(status.rawValue)), ("statusName", .string(status.name)),
            ("certificateType", .string(type)), ("domainCode", "PUB"),
            ("updateDate", .string(SandboxDates.koreanTime(changed))), ("orderId", orderID.map(JSONNode.string)),
            ("issueType", isReissue ? "REISSUE" : "ORIGINAL"),
            ("registDate", .string(SandboxDates.koreanTime(registered))), ("usedInstanceNoList", usedInstances),
        ]
    }

    private func contents(_ text: Text?) -> [(String, JSONNode?)] {
        guard let text else { return [("subjectDN", .null), ("notAfter", .null)] }
        let start = SandboxDates.koreanTime(text.notBefore)
        return [
            ("subjectDN", .string(subject)), ("issueDate", .string(start)), ("notBefore", .string(start)),
            ("notAfter", .string(SandboxDates.koreanTime(text.notAfter))),
            ("revokeDate", revoked.map { .string(SandboxDates.koreanTime($0)) }),
            ("serialNumber", .string(text.serialNumber)), ("issuer", .string(text.issuer)),
            ("signatureAlgorithm", "SHA256withECDSA"), ("certPublicKeyInfo", .string(text.keyInfo)),
        ]
    }

    /// The item of API 1.0. How it writes dates isn't documented; here they carry no zone.
    var externalItem: JSONNode {
        let start = text.map { SandboxDates.koreanDateTime($0.notBefore) }
        let end = text.map { SandboxDates.koreanDateTime($0.notAfter) }
        let members: [(String, JSONNode?)] = [
            ("certificateNo", .integer(number)), ("certificateType", .string(type)),
            ("certificateName", .string(name)), ("memberNo", "9999999"),
            ("dnInfo", .optional(text.map { _ in subject })), ("domainAddress", .string(commonName)),
            ("subDomainAddress", .string(dnsNames.joined(separator: ", "))),
            ("regDate", .string(SandboxDates.koreanDateTime(registered))),
            ("updateDate", .string(SandboxDates.koreanDateTime(changed))), ("issueDate", .optional(start)),
            ("validStartDate", .optional(start)), ("validEndDate", .optional(end)),
            ("disuseDate", .optional(revoked.map { SandboxDates.koreanDateTime($0) })), ("disuseMsg", ""),
            ("requestId", ""), ("statusCode", .string(status.rawValue)), ("statusName", .string(status.name)),
            ("externalYn", .string(type == NCPBook.externalType ? "Y" : "N")), ("domainCode", "PUB"),
            ("caInfo", .optional(text?.issuer)), ("certSerialNumber", .optional(text?.serialNumber)),
            ("certPublicKeyInfo", .optional(text?.keyInfo)), ("certSignAlgorithmName", "SHA256withECDSA"),
            ("usedInstanceNoList", usedInstances),
        ]
        return .record(members)
    }

    private var usedInstances: JSONNode { NCPNameRules.isInUse(name) ? [7001] : [] }

    private var subject: String {
        guard let organization else { return "cn=\(commonName)" }
        return "cn=\(commonName),o=\(organization.name),l=\(organization.locality),s=\(organization.state),"
            + "c=\(organization.country)"
    }
}

extension SandboxDates {
    private static let koreanOffset = 9 * 3600.0

    /// The instant as NAVER Cloud writes a certificate's dates.
    static func koreanTime(_ date: Date) -> String { koreanDateTime(date) + "(UTC+09:00)" }

    /// The instant as NAVER Cloud writes a subscription's dates: Korea's time, without saying so.
    static func koreanDateTime(_ date: Date) -> String {
        let seconds = Int((date.timeIntervalSince1970 + koreanOffset).rounded(.down))
        return dateTime(seconds / 86_400, second: seconds % 86_400)
    }
}
