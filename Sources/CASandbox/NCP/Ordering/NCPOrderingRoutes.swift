internal import CertProtocol
internal import HTTPTypes
internal import Hummingbird

/// The half of both versions of the API that changes something.
struct NCPOrderingRoutes: Sendable {
    let ledger: NCPLedger

    func add(to group: RouterGroup<SandboxContext>) {
        addFirstVersion(to: group.group("v1/certificate"))
        addOrders(to: group.group("v2/certificate"))
        addUpkeep(to: group.group("v2/certificate"))
    }

    private func addFirstVersion(to group: RouterGroup<SandboxContext>) {
        change(.post, "withExternal", in: group) { book, call in
            let certificate = try book.register(call.body, certificateKey: "publicKeyCertificate", now: call.now)
            return [("totalRows", 1), ("sslCertificateList", [certificate.externalItem])]
        }
        change(.post, "issuePrivate", in: group) { book, call in
            try book.issuePrivate(call.body, now: call.now)
            return []
        }
        change(.delete, ":certificate", in: group) { book, call in
            try book.delete(call["certificate"], name: call.query["certificateName"], now: call.now)
            return [("totalRows", 0)]
        }
    }

    private func addOrders(to group: RouterGroup<SandboxContext>) {
        change(.post, "requestPaidCertificateIssuance", in: group) { book, call in
            [("totalRows", 1), ("paidCertificate", try book.orderAdvanced(call.body, now: call.now))]
        }
        change(.post, "requestCertificateIssuance", in: group) { book, call in
            try book.orderCloudBasic(call.body, now: call.now)
        }
        change(.post, ":certificate/reissue", in: group) { book, call in
            try book.reissue(call["certificate"], call.body, now: call.now)
            return [("totalRows", 1)]
        }
        change(.post, "subscription/extend", in: group) { book, call in
            try book.extend(call.body, now: call.now)
            return []
        }
        change(.get, "getVerificationInfo/:certificate", in: group) { book, call in
            guard let domain = call.query["domainAddress"], !domain.isEmpty else {
                throw NCPAnswers.failure("2101", "domainAddress is required.")
            }
            let proof = try book.lookAtProof(call["certificate"], domain: domain, now: call.now)
            return [
                ("totalRows", 1), ("dnsVerificationCount", 1), ("dnsVerificationList", [proof]),
                ("emailVerificationCount", 0), ("emailVerificationList", []),
            ]
        }
        change(.get, "exportCertificate/:certificate/chain", in: group) { book, call in
            guard let certificate = book.certificate(number: call["certificate"]) else {
                throw NCPAnswers.noCertificate
            }
            let text = try book.text(of: certificate)
            return [
                ("totalRows", 1), ("subjectCommonName", .string(certificate.commonName)),
                ("certificate", .string(text.certificate)), ("subCaCertificate", .optional(text.intermediate)),
                ("rootCaCertificate", .optional(text.root)),
            ]
        }
    }

    private func addUpkeep(to group: RouterGroup<SandboxContext>) {
        change(.post, "withExternal", in: group) { book, call in
            let certificate = try book.register(call.body, certificateKey: "certificateBody", now: call.now)
            return [("totalRows", 1), ("sslCertificateList", [certificate.item])]
        }
        change(.delete, "deleteCertificate/:certificate", in: group) { book, call in
            try book.delete(call["certificate"], name: call.query["certificateName"], now: call.now)
            return [("totalRows", 0)]
        }
        change(.post, "revoke", in: group) { book, call in
            [("totalRows", .integer(Int64(try book.revoke(call.body, now: call.now))))]
        }
        change(.post, "setCertificateRenewal", in: group) { book, call in
            try book.setRenewal(call.body)
            return []
        }
    }

    /// Adds a route that may change the book of the zone that the key is of.
    private func change(
        _ method: HTTPRequest.Method, _ path: RouterPath, in group: RouterGroup<SandboxContext>,
        answer: @escaping @Sendable (inout NCPBook, SandboxCall) throws -> [(String, JSONNode)]
    ) {
        group.on(path, method: method) { request, context -> Response in
            let call = try await SandboxCall(request, context)
            let zone = NCPSignatureCheck.zone(of: request)
            let members = try ledger.change(zone) { try answer(&$0, call) }
            return Answer.json(.object(NCPAnswers.success + members)).response
        }
    }
}
