internal import CertProtocol
internal import FoundationEssentials

/// All that was ordered, decided and ended in this sandbox: the state of its DigiCert half.
///
/// Its functions are the API's calls that change something; each either does all of what it says or refuses and changes
/// nothing.
struct DigiCertBook: Sendable {
    /// Above every generated order.
    static let firstOrderID: Int64 = 2_000_001
    private static let firstCertificateID: Int64 = 9_000_000_001
    private static let firstRequestID: Int64 = 40_000_001
    private static let firstDomainID: Int64 = 60_001

    let estate: DigiCertEstate
    let authority: SandboxAuthority
    /// Orders that something was done to, by id.
    var records: [Int64: DigiCertOrderRecord] = [:]
    var domains: [DigiCertDomain] = []
    /// The signed forms of certificates that weren't made here, by id, as far as somebody wanted them.
    var madeUp: [Int64: IssuedCertificate] = [:]
    /// How many orders were placed here; their ids follow each other.
    private(set) var placedCount = 0
    /// The orders that certificates and requests made here belong to.
    private var orderOfCertificate: [Int64: Int64] = [:]
    private var orderOfRequest: [Int64: Int64] = [:]

    init(estate: DigiCertEstate, authority: SandboxAuthority) {
        self.estate = estate
        self.authority = authority
        for name in DigiCertNameRules.validatedDomains {
            addDomain(name, organization: .sample, isValidated: true, now: Date())
        }
    }

    // MARK: - Looking up

    /// The order with that id as it is now; a record of it where something was done to it.
    func order(id: Int64) -> (any DigiCertOrder)? { records[id] ?? estate.order(id: "\(id)") }

    /// The record of the order in a path.
    ///
    /// - Throws: `not_found|order`.
    func record(_ text: String) throws -> DigiCertOrderRecord {
        guard let id = Int64(text), let order = order(id: id) else { throw DigiCertAnswers.unknownOrder }
        return order as? DigiCertOrderRecord ?? DigiCertOrderRecord(order)
    }

    /// The record of the order that a certificate belongs to, and the certificate's id.
    ///
    /// - Parameter text: an id, or the serial number of a current certificate.
    /// - Returns: both.
    /// - Throws: `not_found|certificate`.
    func record(ofCertificate text: String) throws -> (record: DigiCertOrderRecord, id: Int64) {
        if let id = Int64(text), let order = orderOfCertificate[id] ?? estate.order(ofCertificate: id)?.id {
            return (try record("\(order)"), id)
        }
        let digits = text.uppercased()
        for record in records.values {
            if let found = record.certificates.values.first(where: { $0.issued?.serialNumber == digits }) {
                return (record, found.id)
            }
        }
        if text.utf8.count == 32, let order = estate.order(matching: text), let id = order.certificateID {
            return (try record("\(order.id)"), id)
        }
        throw DigiCertAnswers.unknown("certificate")
    }

    /// The record of the order that a request belongs to.
    ///
    /// - Throws: `not_found|request`.
    func record(ofRequest text: String) throws -> (record: DigiCertOrderRecord, id: Int64) {
        guard let id = Int64(text), let order = orderOfRequest[id] ?? estate.order(ofRequest: id)?.id else {
            throw DigiCertAnswers.unknown("request")
        }
        return (try record("\(order)"), id)
    }

    // MARK: - Adding

    /// The id that the next order will get.
    var nextOrderID: Int64 { Self.firstOrderID + Int64(placedCount) }

    /// Adds an order that has the next id.
    mutating func add(_ record: DigiCertOrderRecord) {
        records[record.id] = record
        placedCount += 1
    }

    /// Adds a certificate to an order, and returns its id.
    mutating func addCertificate(
        to record: inout DigiCertOrderRecord, _ form: DigiCertOrderForm, lastDay: Int, request: Int64?, now: Date
    ) -> Int64 {
        let id = Self.firstCertificateID + Int64(orderOfCertificate.count)
        orderOfCertificate[id] = record.id
        record.certificates[id] = DigiCertCertificate(
            id: id, subID: record.certificates.count + 1, form: form, lastDay: lastDay, created: now, requestID: request
        )
        return id
    }

    /// Adds a request to an order.
    mutating func addRequest(
        to record: inout DigiCertOrderRecord, _ subject: DigiCertRequest.Subject, isApproved: Bool, comments: String?,
        now: Date
    ) -> DigiCertRequest {
        let request = DigiCertRequest(
            id: nextRequestID, subject: subject, date: now, comments: comments ?? "",
            status: isApproved ? "approved" : "pending"
        )
        orderOfRequest[request.id] = record.id
        record.newRequests.append(request)
        return request
    }

    /// The id that the next request will get.
    var nextRequestID: Int64 { Self.firstRequestID + Int64(orderOfRequest.count) }

    mutating func addDomain(_ name: String, organization: DigiCertOrganization, isValidated: Bool = false, now: Date) {
        var domain = DigiCertDomain(
            id: Self.firstDomainID + Int64(domains.count), name: name, created: now, organization: organization,
            token: DigiCertToken(now: now)
        )
        domain.isValidated = isValidated
        domains.append(domain)
    }

    // MARK: - Issuing

    /// Makes whatever certificates of an order nothing stands against any more.
    mutating func advance(_ record: inout DigiCertOrderRecord, now: Date) throws {
        for id in record.certificates.keys.sorted() {
            guard var certificate = record.certificates[id], certificate.status == "pending",
                isApproved(certificate, in: record), isProven(certificate.form.names, of: record),
                !DigiCertNameRules.waitsForValidation(record.organization)
            else { continue }
            certificate.issued = try sign(certificate, for: record)
            certificate.issuedAt = now
            certificate.status = "approved"
            record.certificates[id] = certificate
            if record.reissueIDs.contains(id) { record.primaryID = id }
            if id == record.primaryID { record.status = "issued" }
            record.changedAt = now
        }
    }

    /// Whether the control of all names is proven: by the order's own check for products of domain validation, otherwise by
    /// domains of the account.
    func isProven(_ names: [String], of record: DigiCertOrderRecord) -> Bool {
        record.isDomainValidated
            ? record.provenNames.isSuperset(of: names)
            : names.allSatisfy { name in domains.contains { $0.isValidated && $0.holds(name) } }
    }

    private func isApproved(_ certificate: DigiCertCertificate, in record: DigiCertOrderRecord) -> Bool {
        guard let id = certificate.requestID else { return true }
        return record.newRequests.first { $0.id == id }?.status == "approved"
    }

    private func sign(_ certificate: DigiCertCertificate, for record: DigiCertOrderRecord) throws -> IssuedCertificate {
        let organization = record.isDomainValidated ? nil : record.organization
        let template = CertificateTemplate(
            commonName: certificate.form.commonName, dnsNames: certificate.form.dnsNames,
            organization: organization.map {
                .init(name: $0.name, locality: $0.city, state: $0.state, country: $0.country)
            },
            notBefore: Date(timeIntervalSince1970: Double(SandboxDates.today) * 86_400),
            notAfter: Date(timeIntervalSince1970: Double(certificate.lastDay + 1) * 86_400 - 1)
        )
        return try authority.issue(template, for: certificate.form.request)
    }
}

extension DigiCertOrderRecord {
    /// Whether its product validates domains and nothing else.
    var isDomainValidated: Bool {
        DigiCertProduct.all.first { $0.nameID == productNameID }?.validation == "dv"
    }
}
