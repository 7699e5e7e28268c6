internal import CertProtocol
internal import Foundation
internal import Host

/// An order that a certificate comes of: from the signing request to the file that the certificate is written to.
struct CertificateOrder: Sendable {
    let request: RequestOptions
    let change: ChangeOptions

    /// What can be refused before anything else is done.
    ///
    /// - Throws: `invalid_request` where a file is in the way, or none gives the signing request.
    func check(in session: Session) async throws(CertificateError) -> JournalEntry? {
        if let out = request.out { try CertificateFile(path: out).check() }
        guard let path = request.keyOut else { return nil }
        // A broken link counts: the key would be written to where it leads.
        guard (try? FileManager.default.attributesOfItem(atPath: path)) != nil else { return nil }
        guard let key = change.idempotencyKey, let entry = try await session.host.journalEntry(key)?.entry else {
            throw PreparedRequest.exists(path)
        }
        return entry
    }

    /// The names that were given, or those of the signing request, as lower-case A-labels; empty where there is neither.
    func names() throws(CertificateError) -> [String] {
        var names: [String] = []
        for name in try request.domain.isEmpty ? request.csr.map(PreparedRequest.names(in:)) ?? [] : request.domain {
            guard let label = DomainName.normalized(name) else {
                throw CertificateError(.invalidRequest, "“\(name)” is not a domain name.")
            }
            if !names.contains(label) { names.append(label) }
        }
        return names
    }

    /// The signing request for names.
    ///
    /// - Parameters:
    ///   - names: the names of the certificate.
    ///   - earlier: the call that the key file comes from.
    ///   - key: what the key is where the request may be left out; `nil` where it may not.
    /// - Returns: the request, and what is to be done with the key.
    /// - Throws: `invalid_request` where it can't be read or made.
    func prepared(
        _ names: [String], earlier: JournalEntry?, withoutRequest key: String? = nil
    ) throws(CertificateError) -> PreparedRequest {
        if let csr = request.csr { return try PreparedRequest(file: csr, names: names) }
        guard let algorithm = request.generateKey?.algorithm, let path = request.keyOut else {
            if let key { return .none(key: key) }
            throw CertificateError(
                .invalidRequest,
                "Give a signing request with --csr, or have one made with --generate-key and --key-out."
            )
        }
        if let earlier { return try PreparedRequest(again: earlier, keyFile: path) }
        return try PreparedRequest(generating: algorithm, into: path, names: names)
    }

    /// What the certificate is to contain.
    func contents(_ names: [String], _ prepared: PreparedRequest) throws(CertificateError) -> CertificateContents {
        guard let first = names.first else {
            throw CertificateError(.invalidRequest, "Name the certificate's domains with --domain.")
        }
        return CertificateContents(
            signingRequest: prepared.pem, commonName: first, dnsNames: Array(names.dropFirst()),
            validity: request.certificateValidity?.validity
        )
    }

    /// Makes the call, follows it where that is wanted, and hands over what came of it.
    func place(_ call: Change, in session: Session) async throws {
        guard var receipt = try await session.make(call, change, insists: request.again.again) else { return }
        let hasNoChain = receipt.state == .issued && receipt.certificatesPEM.isEmpty
        var failure: CertificateError?
        if request.wait && receipt.state == .pending || hasNoChain && (request.wait || request.out != nil) {
            do throws(CertificateError) {
                receipt = try await session.follow(receipt)
            } catch {
                // What was accepted reaches the user, however the wait ends.
                receipt = error.receipt ?? receipt
                failure = error
            }
        }
        session.console.print(receipt, withCertificates: request.out == nil)
        if let out = request.out {
            if receipt.certificatesPEM.isEmpty {
                session.console.notice("\(out) was not written: there is no certificate yet.")
            } else if failure == nil {
                try CertificateFile(path: out).write(PEMBlock.joined(receipt.certificatesPEM))
                session.console.notice("The certificate and its chain are in \(out).")
            }
        }
        if let failure { throw failure }
    }
}

extension Session {
    /// Follows an order to its end, and tells on standard error how it goes.
    fileprivate func follow(_ receipt: Receipt) async throws(CertificateError) -> Receipt {
        for step in receipt.nextSteps.dropLast() { console.notice(step) }
        return try await host.follow(receipt, context: context) { event in
            progress.clear()
            switch event {
            case .pending(let receipt, let pause):
                let awaited = receipt.awaiting.map(\.rawValue).joined(separator: ", ")
                console.notice(
                    "\(receipt.reference ?? receipt.provider) is pending" + (awaited.isEmpty ? "" : " (\(awaited))")
                        + "; looking again in \(pause.wholeSeconds) s."
                )
            case .trouble(let error, let pause):
                console.notice(
                    "\(error.code.rawValue): \(error.message) Looking again in \(pause.wholeSeconds) s."
                )
            @unknown default: break
            }
        }
    }
}
