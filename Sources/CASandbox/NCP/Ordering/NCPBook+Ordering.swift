internal import CertProtocol
internal import FoundationEssentials

/// Ordering, and what follows until a certificate is there.
extension NCPBook {
    private static let lifetime = 199.0 * 86_400

    /// AdvancedCertificateRequest.
    ///
    /// - Returns: the certificate that is being made.
    mutating func orderAdvanced(_ body: JSONValue, now: Date) throws -> JSONNode {
        let form = NCPForm(body: body)
        let type = try form.choice("certificateType", ["NCP_PAID_DV_01", "NCP_PAID_OV_01"])
        let years = body["subscriptionPeriod"] == nil ? 1 : Int(try form.number("subscriptionPeriod"))
        guard (1...NCPMadeOrder.mostYears).contains(years) else {
            throw NCPAnswers.invalidInput("subscriptionPeriod must be 1, 2 or 3.")
        }
        var certificate = try draft(form, type: type, now: now)
        certificate.request = try form.signingRequest()
        certificate.validationMethod = try form.choice("validationMethod", ["D", "PD"])
        certificate.organization = type == "NCP_PAID_OV_01" ? try organization(form) : nil
        let order = NCPMadeOrder(id: nextOrderID, years: years, certificates: [certificate.number])
        certificate.orderID = order.id
        put(order)
        put(certificate)
        if certificate.validationMethod == "PD", persistentDomains.isSuperset(of: certificate.domains) {
            try complete(certificate.number, now: now)
        }
        return made[certificate.number]?.item ?? .null
    }

    /// CloudBasicCertificateRequest.
    mutating func orderCloudBasic(_ body: JSONValue, now: Date) throws -> [(String, JSONNode)] {
        let form = NCPForm(body: body)
        _ = try form.choice("validationMethod", ["D"])
        var certificate = try draft(form, type: NCPCertificate.cloudType, now: now)
        certificate.request = try NCPKeyMaker.request("RSA2048", commonName: certificate.commonName)
        put(certificate)
        return [
            ("totalRows", 1), ("certificateName", .string(certificate.name)),
            ("commonName", .string(certificate.commonName)),
            ("dnsName", .string(certificate.dnsNames.joined(separator: ","))), ("validationMethod", "D"),
            ("requestSn", .string("\(certificate.number)")),
        ]
    }

    /// issuePrivate of the government zone: there is nothing to prove, so the certificate is there at once.
    mutating func issuePrivate(_ body: JSONValue, now: Date) throws {
        let form = NCPForm(body: body)
        _ = try form.text("caTag")
        let type = try form.choice("certificateType", ["NCP_PRIVATE", "NCP_PRIVATE_SSL"])
        let kind = try form.choice("keyType", NCPKeyMaker.kinds)
        let period = try form.text("period")
        let days = period == "MAX" ? 3650 : Int(period) ?? 0
        let commonName = try form.text("commonName")
        guard (1...3650).contains(days), (1...64).contains(commonName.count),
            body["registPrivateKey"]?.booleanValue != nil
        else { throw NCPAnswers.invalidInput("period, commonName or registPrivateKey is malformed.") }
        let name = try freeName(form, most: 30)
        let names = try form.domains("dnsSans")
        let template = CertificateTemplate(
            commonName: commonName, dnsNames: names, notBefore: now.wholeSecond,
            notAfter: now.wholeSecond.addingTimeInterval(Double(days) * 86_400 - 1)
        )
        let text = try signed(template, for: NCPKeyMaker.request(kind, commonName: commonName))
        put(
            NCPMadeCertificate(
                number: nextNumber, name: name, commonName: commonName, dnsNames: names, type: type, registered: now,
                changed: now, status: .normal, text: text
            )
        )
    }

    /// ReissueCertificate: a further certificate of the same order.
    mutating func reissue(_ number: String, _ body: JSONValue, now: Date) throws {
        let form = NCPForm(body: body)
        let original = try changeable(Int64(number) ?? 0)
        guard let orderID = original.orderID, original.status.isInForce else {
            throw NCPAnswers.refused("Only an Advanced certificate that is in force can be reissued.")
        }
        var order = try changeableOrder(orderID)
        guard order.end ?? now > now else { throw NCPAnswers.refused("The subscription has ended.") }
        var certificate = try draft(form, type: original.type, now: now)
        certificate.request = try form.signingRequest()
        certificate.validationMethod = try form.choice("validationMethod", ["D"])
        certificate.organization = original.organization
        certificate.isReissue = true
        certificate.orderID = orderID
        order.certificates.append(certificate.number)
        put(order)
        put(certificate)
    }

    /// ListDcvStatuses. Looking makes the service look too: see ``NCPMadeCertificate/validStatus(of:)``.
    ///
    /// - Returns: where the proof of the domain stands.
    mutating func lookAtProof(_ number: String, domain: String, now: Date) throws -> JSONNode {
        guard let shown = certificate(number: number) else { throw NCPAnswers.noCertificate }
        guard case .made(var certificate) = shown, certificate.text == nil else {
            return NCPAccountRecords.validation(of: shown, domain: domain)
        }
        guard certificate.domains.contains(domain) else { throw NCPAnswers.noCertificate }
        certificate.looks[domain, default: 0] += 1
        if certificate.status == .ongoing, NCPNameRules.timesOut(domain) {
            certificate.status = .validationTimedOut
            certificate.changed = now
        }
        put(certificate)
        let isProven = certificate.domains.allSatisfy { certificate.validStatus(of: $0) == "VALID_STATUS_SUCCESS" }
        if certificate.status == .ongoing, isProven { try complete(certificate.number, now: now) }
        let status = certificate.validStatus(of: domain)
        return NCPAccountRecords.validation(of: .made(certificate), domain: domain, status: status)
    }

    /// Makes a certificate whose domains are proven.
    private mutating func complete(_ number: Int64, now: Date) throws {
        var certificate = try changeable(number)
        guard let request = certificate.request else { return }
        let template = CertificateTemplate(
            commonName: certificate.commonName, dnsNames: certificate.dnsNames, organization: certificate.organization,
            notBefore: now.wholeSecond, notAfter: now.wholeSecond.addingTimeInterval(Self.lifetime - 1)
        )
        certificate.text = try signed(template, for: request)
        // The key of a certificate from a signing request is with the customer.
        certificate.status = certificate.orderID == nil ? .normal : .withoutPrivateKey
        certificate.changed = now
        put(certificate)
        if certificate.validationMethod == "PD" { persistentDomains.formUnion(certificate.domains) }
        guard let id = certificate.orderID else { return }
        var order = try changeableOrder(id)
        order.begin(now: now)
        put(order)
    }

    private func signed(
        _ template: CertificateTemplate, for request: SigningRequest
    ) throws -> NCPMadeCertificate.Text {
        do {
            return try sign(template, for: request)
        } catch {
            throw NCPAnswers.failure("2201", "The DNS SANs are malformed.")
        }
    }

    private func draft(_ form: NCPForm, type: String, now: Date) throws -> NCPMadeCertificate {
        NCPMadeCertificate(
            number: nextNumber, name: try freeName(form), commonName: try form.domain(),
            dnsNames: try form.domains("dnsName"), type: type, registered: now, changed: now, status: .ongoing
        )
    }

    /// The name of a new certificate, which nobody has yet.
    func freeName(_ form: NCPForm, most: Int = 20) throws -> String {
        let name = try form.certificateName(most: most)
        guard !isTaken(name) else { throw NCPAnswers.invalidInput("certificateName is in use already.") }
        return name
    }

    private func organization(_ form: NCPForm) throws -> CertificateTemplate.Organization {
        let number = try form.number("organizationNo")
        let all = NCPAccountRecords.organizations.map { JSONValue($0) }
        guard let own = all.first(where: { $0.integer("organizationNo") == number }) else {
            throw NCPAnswers.invalidInput("The organization does not exist.")
        }
        guard own.string("verificationProgressCode") == "7" else {
            throw NCPAnswers.refused("The organization is not verified.")
        }
        return CertificateTemplate.Organization(
            name: own.string("organizationNameEng") ?? "", locality: "Sample-city", state: "Sample-state", country: "KR"
        )
    }
}

extension Date {
    /// The second that it lies in; a certificate holds no fraction of one.
    fileprivate var wholeSecond: Date { Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down)) }
}
