import CertProtocol
import Host

/// What one list of all certificates brought.
struct Listing {
    var rows: Set<String> = []
    var hasRepeats = false
    var isOK = true
    var wasGivenUp = false
    /// The errors of providers that failed.
    var errors: [String] = []

    static func read(_ host: CertificateHost, stopsAfter limit: Int?) async -> Listing {
        var listing = Listing()
        guard let events = try? host.listCertificates() else {
            listing.isOK = false
            return listing
        }
        for await event in events {
            switch event {
            case .items(let certificates, _):
                for certificate in certificates {
                    let row =
                        "\(certificate.provider)/\(certificate.orderID ?? "-")/\(certificate.certificateID ?? "-")"
                    if !listing.rows.insert(row).inserted { listing.hasRepeats = true }
                }
                if let limit, listing.rows.count >= limit {
                    listing.isOK = false
                    listing.wasGivenUp = true
                    return listing
                }
            case .problems(let problems, let provider):
                listing.errors.append("\(provider): \(problems.count) rows could not be read")
                listing.isOK = false
            case .outcome(let outcome):
                guard outcome.kind != .ok else { continue }
                listing.isOK = false
                listing.errors.append(
                    "\(outcome.provider): \(outcome.error.map { "\($0.code.rawValue): \($0.message)" } ?? "")")
            }
        }
        return listing
    }
}
