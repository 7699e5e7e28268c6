internal import CertProtocol
internal import FoundationEssentials

/// A certificate of the estate, computed from what identifies it.
///
/// Odd certificates stand at fixed places in every twenty orders (``Quirk``). Everything that the documents leave open
/// or contradict each other about occurs: both spellings of keys, names as text and as an array, numbers as text,
/// members that are `null` or absent, status codes without a documented name.
enum NCPCertificate: Sendable {
    /// Certificate 100001 of the documentation's sample.
    case paidSample
    /// The Cloud Basic certificate that stands beside it.
    case cloudSample
    /// A certificate of a generated order: 0 for its first, 1 for its second.
    case paid(order: Int, position: Int)
    /// A generated Cloud Basic certificate.
    case cloud(Int)
    /// One that was made, or changed, while the sandbox runs.
    case made(NCPMadeCertificate)

    /// The type of Cloud Basic certificates, which the documentation doesn't name.
    static let cloudType = "CLOUD_BASIC"

    /// What is particular about a generated certificate.
    enum Quirk: Int {
        case olderKeys = 1, namesAsArray, namesAsText, expiredWithNumericCode, revoked, ongoing, withoutPrivateKey
        case validationFailed, numberAsText, koreanOrganization, undocumentedStatus, revocationRequested, deleted
        case failed, withoutOrder, validationExpired
        case regular = -1
    }

    static let quirkCount = 20
    static let firstPaidNumber: Int64 = 5_000_000
    static let firstCloudNumber: Int64 = 9_000_000

    static let sampleItem =
        NCPSamples.paidCertificates.array("orders")?.first?.array("certificates")?.first ?? JSONValue(.null)

    var number: Int64 {
        switch self {
        case .paidSample: 100_001
        case .cloudSample: 100_002
        case .paid(let order, let position): Self.firstPaidNumber + Int64(order) * 2 + Int64(position)
        case .cloud(let index): Self.firstCloudNumber + Int64(index)
        case .made(let certificate): certificate.number
        }
    }

    var name: String {
        switch self {
        case .paidSample: "sample-cert-01"
        case .cloudSample: "sample-cloud-basic"
        case .paid(let order, let position): "paid-\(order)-\(position)"
        case .cloud(let index): "cloud-\(index)"
        case .made(let certificate): certificate.name
        }
    }

    var orderID: String? {
        switch self {
        case .paidSample: NCPOrder.sample.id
        case .paid(let order, _): NCPOrder.generated(order).id
        case .cloudSample, .cloud: nil
        case .made(let certificate): certificate.orderID
        }
    }

    /// Only the first certificate of an order is particular, so that its second shows what the order otherwise is.
    var quirk: Quirk {
        guard case .paid(let order, 0) = self else { return .regular }
        return Quirk(rawValue: order % Self.quirkCount) ?? .regular
    }

    var commonName: String {
        switch self {
        case .paidSample: "example.com"
        case .cloudSample: "cloud.example.com"
        case .paid(let order, let position): "p\(position).order\(order).example.com"
        case .cloud(let index): "cloud\(index).example.com"
        case .made(let certificate): certificate.commonName
        }
    }

    /// The status code and the text beside it.
    var status: (code: String, name: String) {
        if case .paidSample = self { return ("0", "Ongoing") }
        if case .made(let certificate) = self { return (certificate.status.rawValue, certificate.status.name) }
        return switch quirk {
        case .expiredWithNumericCode: ("-2", "Expired")
        case .revoked: ("-5", "Revoked")
        case .ongoing: ("0", "Ongoing")
        case .withoutPrivateKey: ("2", "Normal - Private key registration required for NCP use")
        case .validationFailed: ("-3", "Validation failed")
        case .undocumentedStatus: ("-12", "Under review")
        case .revocationRequested: ("-7", "Revocation requested")
        case .deleted: ("-6", "Deleted")
        case .failed: ("-1", "Failed")
        case .validationExpired: ("-4", "Validation timed out")
        default: ("1", "Normal")
        }
    }

    var type: String {
        switch self {
        case .paidSample: "NCP_PAID_OV_01"
        case .paid(let order, _): order.isMultiple(of: 2) ? "NCP_PAID_OV_01" : "NCP_PAID_DV_01"
        case .cloudSample, .cloud: Self.cloudType
        case .made(let certificate): certificate.type
        }
    }

    /// How long ago the certificate changed, in seconds: spread over a year.
    var secondsSinceChange: Int {
        switch self {
        case .paidSample: 3600
        case .cloudSample: .max
        case .paid(let order, let position): ((order * 41 + position * 7) % 525_600 + 1) * 60
        case .cloud(let index): ((index * 43) % 525_600 + 1) * 60
        case .made(let certificate): Int(max(0, SandboxDates.now - certificate.changed.timeIntervalSince1970))
        }
    }

    /// Whether the certificate authority has made it.
    var isIssued: Bool { !["0", "-1", "-3", "-4"].contains(status.code) }

    /// The item of every list of API 2.0.
    func item(today: Int) -> JSONNode {
        if case .paidSample = self { return .raw(Self.sampleItem) }
        if case .made(let certificate) = self { return certificate.item }
        let expiry = expiryDay(today: today)
        let status = status
        return .record([
            ("certificateNo", quirk == .numberAsText ? .string("\(number)") : .integer(number)),
            ("certificateName", .string(name)),
            ("memberNo", "9999999"),
            ("commonName", .string(commonName)),
            ("dnsName", names),
            (
                "statusCode",
                quirk == .expiredWithNumericCode ? .integer(-2) : .string(status.code)
            ),
            ("statusName", .string(status.name)),
            (quirk == .olderKeys ? "certificateTypeCode" : "certificateType", .string(type)),
            ("domainCode", "PUB"),
            ("updateDate", .string(SandboxDates.koreanTime(expiry - 190, second: 37_000))),
            ("orderId", .when(quirk != .withoutOrder && quirk != .olderKeys, orderID.map(JSONNode.string))),
            ("orderID", .when(quirk == .olderKeys, orderID.map(JSONNode.string))),
            ("issueType", "ORIGINAL"),
            ("subjectDN", isIssued ? .string(subject) : .null),
            ("registDate", .string(SandboxDates.koreanTime(expiry - 200, second: 36_000))),
            ("issueDate", .when(isIssued, .string(SandboxDates.koreanTime(expiry - 199, second: 36_000)))),
            ("notBefore", .when(isIssued, .string(SandboxDates.koreanTime(expiry - 199, second: 0)))),
            ("notAfter", isIssued ? .string(SandboxDates.koreanTime(expiry, second: 86_399)) : .null),
            ("revokeDate", .when(quirk == .revoked, .string(SandboxDates.koreanTime(today - 3, second: 7200)))),
            ("serialNumber", .when(isIssued, .string("00\(number)"))),
            ("issuer", .when(isIssued, "cn=Sandbox Issuing CA,o=Sandbox,c=KR")),
            ("signatureAlgorithm", .when(isIssued, "SHA256withRSA")),
            ("certPublicKeyInfo", .when(isIssued, "RSA 2048")),
            ("usedInstanceNoList", .array([])),
        ])
    }

    /// The day on which it ends in Korea.
    private func expiryDay(today: Int) -> Int {
        switch (self, quirk) {
        case (_, .expiredWithNumericCode): today - 12
        case (.paid(let order, let position), _): today + 1 + (order * 11 + position) % 190
        default: today + 120
        }
    }

    private var names: JSONNode? {
        let others = ["www.\(commonName)", "api.\(commonName)"]
        return switch quirk {
        case .namesAsArray: .strings(others)
        case .namesAsText, .koreanOrganization: .string(others.joined(separator: ","))
        case .regular: .string(others[0])
        default: .none
        }
    }

    private var subject: String {
        let organization = quirk == .koreanOrganization ? "주식회사 예시클라우드" : "Example Corporation"
        return "cn=\(commonName),o=\(organization),l=Sample-city,s=Sample-state,c=KR"
    }
}
