internal import CertProtocol
internal import FoundationEssentials

/// A request within an order: the order itself, a reissue, a duplicate, a revocation.
struct DigiCertRequest: Sendable {
    /// What is asked for.
    enum Subject: Sendable, Equatable {
        case newOrder
        case reissue(certificate: Int64)
        case duplicate(certificate: Int64)
        case revocation(Revocation)

        var type: String {
            switch self {
            case .newOrder: "new_request"
            case .reissue: "reissue"
            case .duplicate: "duplicate"
            case .revocation: "revoke"
            }
        }
    }

    /// What a revocation reaches.
    enum Revocation: Sendable, Equatable {
        case certificate(Int64)
        case order
    }

    let id: Int64
    let subject: Subject
    let date: Date
    let comments: String
    /// `pending`, `approved` or `rejected`.
    var status: String
    var processorComment: String?
    var processedAt: Date?

    /// As in "Order info".
    var brief: JSONNode {
        [
            "id": .integer(id), "date": .string(SandboxDates.instant(date)), "type": .string(subject.type),
            "status": .string(status), "comments": .string(comments),
        ]
    }

    /// As in "List requests", with its order.
    func listed(in order: any DigiCertOrder) -> JSONNode { .record(members(order)) }

    /// As in "Request info", with its order.
    func info(in order: any DigiCertOrder) -> JSONNode {
        .record(
            members(order, whole: true) + [
                ("date_processed", processedAt.map { .string(SandboxDates.instant($0)) }),
                ("comments", .string(comments)),
                ("processor_comment", processorComment.map(JSONNode.string)),
            ]
        )
    }

    private func members(_ order: any DigiCertOrder, whole: Bool = false) -> [(String, JSONNode?)] {
        [
            ("id", .integer(id)), ("date", .string(SandboxDates.instant(date))), ("type", .string(subject.type)),
            ("status", .string(status)), ("requester", DigiCertAccount.user),
            ("processor", .when(processedAt != nil, DigiCertAccount.user)),
            ("order", whole ? order.info : Self.brief(order)),
        ]
    }

    /// The order as it stands in the list of requests. An order without a certificate or an organization has neither there.
    static func brief(_ order: any DigiCertOrder) -> JSONNode {
        .record([
            ("id", .integer(order.id)),
            ("certificate", order.commonName.map { ["common_name": .string($0)] }),
            ("organization", DigiCertOrganization.all.first { $0.id == order.organizationID }?.brief),
            ("container", DigiCertAccount.container),
            ("product", DigiCertProduct.all.first { $0.nameID == order.productNameID }?.brief),
        ])
    }
}
