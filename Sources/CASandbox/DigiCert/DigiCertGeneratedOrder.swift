internal import CertProtocol

/// An order of the generated estate, computed from its position.
///
/// Odd orders stand at fixed places in every fifty (``Slot``), so that a test can say where it meets them. Everything
/// that is documented or was observed to be irregular in this API occurs: an order without a certificate, `[]` for an
/// organization, counts and booleans as strings, a blank name among the names, a status that nobody documented.
struct DigiCertGeneratedOrder: DigiCertOrder {
    /// What is particular about an order.
    enum Slot: Int {
        case domainValidated = 1, withoutCertificate, numbersAsStrings, multiYearPlan, blankName, unknownStatus
        case expired, revoked, needsCSR, reissuePending, koreanOrganization, needsApproval, rejected, canceled
        case reissued, pendingWithCertificate, waitingPickup, processing, wildcard, customFields, expiredSince
        case extendedValidation, duplicated, revokedWithoutRequest, renewed
        case regular = -1
    }

    static let slotCount = 50
    static let firstID: Int64 = 500_000
    /// Beyond 32 bits, as certificate ids of this API are. An order has room for ten.
    static let firstCertificateID: Int64 = 5_000_000_000
    /// Days that a certificate is valid, which is the most that DigiCert issues since 2026-02-24.
    static let validity = 199

    let index: Int
    /// The day that days of validity are relative to.
    let today: Int

    var slot: Slot { Slot(rawValue: index % Self.slotCount) ?? .regular }

    var id: Int64 { Self.firstID + Int64(index) }

    var status: String {
        switch slot {
        case .withoutCertificate, .pendingWithCertificate: "pending"
        case .unknownStatus: "held_for_review"
        case .expired: "expired"
        case .revoked, .revokedWithoutRequest: "revoked"
        case .needsCSR: "needs_csr"
        case .reissuePending: "reissue_pending"
        case .needsApproval: "needs_approval"
        case .rejected: "rejected"
        case .canceled: "canceled"
        case .waitingPickup: "waiting_pickup"
        case .processing: "processing"
        default: "issued"
        }
    }

    /// Whether the CA has issued its certificate, now or in the past.
    var isIssued: Bool { ["issued", "expired", "revoked", "reissue_pending"].contains(status) }

    var product: DigiCertProduct {
        switch slot {
        case .domainValidated: .domainValidated
        case .extendedValidation: .extendedValidation
        case .wildcard: .wildcard
        case .waitingPickup: .clientCertificate
        case .multiYearPlan: .secureSite
        case .duplicated, .koreanOrganization: .multiDomain
        default: .standard
        }
    }

    var productNameID: String { product.nameID }

    var organization: DigiCertOrganization? {
        switch slot {
        case .domainValidated: nil
        case .koreanOrganization: .korean
        default: .sample
        }
    }

    var organizationID: Int64? { organization?.id }

    var certificateID: Int64? {
        isIssued || slot == .pendingWithCertificate ? Self.firstCertificateID + Int64(index) * 10 : nil
    }

    var serialNumber: String? { isIssued ? Self.serialNumber(ofCertificate: 0, index: index) : nil }

    var thumbprint: String? { isIssued ? Self.thumbprint(ofCertificate: 0, index: index) : nil }

    var commonName: String? {
        switch slot {
        case .withoutCertificate: nil
        case .koreanOrganization: "www\(index).xn--9n2bp8q.xn--3e0b707e"
        case .wildcard: "*.group\(index).example.com"
        case .waitingPickup: "Sample Person \(index)"
        default: "host\(index).example.com"
        }
    }

    var dnsNames: [String]? {
        switch slot {
        case .withoutCertificate, .waitingPickup: nil
        case .blankName: [""]
        case .koreanOrganization: ["www\(index).xn--9n2bp8q.xn--3e0b707e", "예시\(index).example.kr"]
        case .wildcard: ["*.group\(index).example.com", "group\(index).example.com"]
        case .duplicated: (1...4).map { "sub\($0).host\(index).example.com" }
        // Whether the common name stands among the names varies in this API.
        default: index.isMultiple(of: 2) ? ["www.host\(index).example.com"] : ["host\(index).example.com"]
        }
    }

    var validTillDay: Int? {
        guard isIssued else { return nil }
        return switch slot {
        case .expired: today - 40 - index % 150
        case .expiredSince: today - 1 - index % 30
        default: today + (index * 7) % Self.validity
        }
    }

    var validTill: String? { validTillDay.map(SandboxDates.day) }

    var validFromDay: Int? { validTillDay.map { $0 - Self.validity } }

    /// Ascending with the id, half a minute apart, and before any of its certificates.
    private var createdSecond: Int { (today - 800) * 86_400 + index * 30 }

    var dateCreated: String { SandboxDates.instant(createdSecond / 86_400, second: createdSecond % 86_400) }

    var orderValidTill: String { SandboxDates.day(createdSecond / 86_400 + 3 * 365) }

    var isRenewed: Bool { slot == .renewed }

    var isMultiYearPlan: Bool { slot == .multiYearPlan }

    var duplicatesCount: Int {
        switch slot {
        case .numbersAsStrings, .reissued: 1
        case .reissuePending: 2
        case .duplicated: 3
        default: 0
        }
    }

    var reissuesCount: Int {
        switch slot {
        case .numbersAsStrings, .reissuePending: 1
        case .reissued: 2
        default: 0
        }
    }

    /// Spread over a year.
    var secondsSinceStatusChange: Int { ((index * 37) % 525_600 + 1) * 60 }

    /// The index of the order whose primary certificate has that serial number or thumbprint.
    static func index(ofCertificate text: String) -> Int? {
        guard text.utf8.count == 32 || text.utf8.count == 40, let index = Int(text.suffix(8), radix: 16),
            index >= 0
        else { return nil }
        let expected =
            text.utf8.count == 32
            ? serialNumber(ofCertificate: 0, index: index) : thumbprint(ofCertificate: 0, index: index)
        return expected == text.uppercased() ? index : nil
    }

    /// 32 digits with a leading zero, which this API keeps; the last eight are the order's position.
    static func serialNumber(ofCertificate number: Int, index: Int) -> String {
        "0A5B" + hexadecimal(UInt64(number), width: 4) + hexadecimal(mixed(index, number), width: 16)
            + hexadecimal(UInt64(index), width: 8)
    }

    /// 40 digits; the last eight are the order's position.
    static func thumbprint(ofCertificate number: Int, index: Int) -> String {
        hexadecimal(mixed(index, number + 100), width: 16) + hexadecimal(mixed(index, number + 200), width: 16)
            + hexadecimal(UInt64(index), width: 8)
    }

    private static func hexadecimal(_ number: UInt64, width: Int) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// SplitMix64: as good as random to look at, the same every time.
    private static func mixed(_ index: Int, _ salt: Int) -> UInt64 {
        var value = UInt64(truncatingIfNeeded: index &* 1000 &+ salt) &+ 0x9E37_79B9_7F4A_7C15
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
