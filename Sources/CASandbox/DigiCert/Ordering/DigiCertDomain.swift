internal import CertProtocol
internal import FoundationEssentials

/// A value to be published, which proves the control of a domain.
struct DigiCertToken: Sendable {
    /// How long one can be used ("Generate DCV token").
    private static let lifetime = 30.0 * 86_400

    let value: String
    let expires: Date

    init(now: Date) {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        value = String((0..<32).map { _ in alphabet.randomElement() ?? "a" })
        expires = now.addingTimeInterval(Self.lifetime)
    }

    /// As the answer to "Change DCV method" and "Generate DCV random value".
    var json: JSONNode {
        ["dcv_random_value": .string(value), "expiration_date": .string(SandboxDates.instant(expires))]
    }
}

/// A domain of the account, which every order of organization validation for names in it goes by.
struct DigiCertDomain: Sendable {
    /// The ways to prove the control of a domain ("Change DCV method").
    static let methods = ["email", "dns-txt-token", "dns-cname-token", "http-token"]

    let id: Int64
    let name: String
    let created: Date
    var organization: DigiCertOrganization
    var method = "dns-txt-token"
    var token: DigiCertToken
    var isValidated = false

    /// Whether names of certificates lie in it.
    func holds(_ name: String) -> Bool {
        let name = name.hasPrefix("*.") ? String(name.dropFirst(2)) : name
        return name == self.name || name.hasSuffix("." + self.name)
    }

    /// As in the answer to an order.
    var ordered: JSONNode { ["id": .integer(id), "name": .string(name), "dcv_token": tokenJSON] }

    /// As in "List domains"; with its token where that is asked for ("Domain info").
    func json(includesToken: Bool) -> JSONNode {
        .record([
            ("id", .integer(id)), ("name", .string(name)), ("is_active", true),
            ("date_created", .string(SandboxDates.instant(created))),
            (
                "organization",
                [
                    "id": .integer(organization.id), "status": .string(organization.status),
                    "name": .string(organization.name), "is_active": .string(organization.isActive ? "1" : "0"),
                ]
            ),
            ("dcv_approval_datetime", .when(isValidated, .string(SandboxDates.instant(created)))),
            ("dcv_method", .string(method)),
            (
                "validations",
                [
                    [
                        "type": "ov", "name": "OV", "description": "Normal Organization Validation",
                        "status": .string(isValidated ? "active" : "pending"),
                        "dcv_status": .string(isValidated ? "complete" : "pending"),
                    ]
                ]
            ),
            ("container", DigiCertAccount.container),
            ("dcv_token", .when(includesToken, tokenJSON)),
        ])
    }

    private var tokenJSON: JSONNode {
        [
            "token": .string(token.value), "status": .string(isValidated ? "validated" : "pending"),
            "expiration_date": .string(SandboxDates.instant(token.expires)),
        ]
    }
}
