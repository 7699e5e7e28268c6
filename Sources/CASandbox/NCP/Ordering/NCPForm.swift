internal import CertProtocol
internal import HTTPTypes

/// What a body asks for, checked as the service's pages say. The codes are those of the common table; where a page names none
/// for a mistake, 2000 and 2100 stand for what can't be read and what is missing, and 1000 for what is refused.
struct NCPForm {
    let body: JSONValue

    /// A text that has to be there.
    func text(_ name: String) throws -> String {
        guard let text = body[name]?.stringValue, !text.isEmpty else { throw Self.missing(name) }
        return text
    }

    /// A text out of few that has to be there.
    func choice(_ name: String, _ choices: [String]) throws -> String {
        let text = try text(name)
        guard choices.contains(text) else { throw NCPAnswers.invalidInput("\(name) must be one of \(choices).") }
        return text
    }

    /// A whole number that has to be there.
    func number(_ name: String) throws -> Int64 {
        guard let number = body.integer(name) else { throw Self.missing(name) }
        return number
    }

    /// The name of a certificate: letters, digits and hyphens, the first of them a letter.
    func certificateName(most: Int = 20) throws -> String {
        let name = try text("certificateName")
        let isWellFormed = name.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "-") || Character(Unicode.Scalar(byte)).isLetter
                || Character(Unicode.Scalar(byte)).isNumber
        }
        guard (3...most).contains(name.utf8.count), name.allSatisfy(\.isASCII), isWellFormed,
            name.first?.isLetter == true
        else { throw NCPAnswers.invalidInput("certificateName is malformed.") }
        return name
    }

    /// The domains of a SAN extension: an array, or nothing.
    func domains(_ name: String) throws -> [String] {
        guard let value = body[name], !value.isNull else { return [] }
        let texts = value.elements.compactMap(\.stringValue)
        guard value.kind == .array, texts.count == Array(value.elements).count, texts.allSatisfy(Self.isDomain) else {
            throw NCPAnswers.failure("2201", "The DNS SANs are malformed.")
        }
        return texts
    }

    /// The common name of a certificate for a server.
    func domain() throws -> String {
        let name = try text("commonName")
        guard Self.isDomain(name) else { throw NCPAnswers.invalidInput("commonName is no domain.") }
        return name
    }

    /// The signing request.
    func signingRequest() throws -> SigningRequest {
        let csr = try text("csr")
        do throws(SigningRequest.Problem) {
            return try SigningRequest(csr)
        } catch {
            switch error {
            case .unreadable: throw NCPAnswers.failure("1002", "It is not a PEM file.")
            default: throw NCPAnswers.refused("The csr is not accepted.")
            }
        }
    }

    private static func missing(_ name: String) -> Refusal {
        NCPAnswers.failure("2100", "\(name) is required.", status: .badRequest)
    }

    private static func isDomain(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1 && text.utf8.count <= 253
            && labels.enumerated().allSatisfy { position, label in
                (position == 0 && label == "*")
                    || (1...63).contains(label.utf8.count)
                        && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
            }
    }
}

extension NCPAnswers {
    /// A request that was understood, and isn't carried out.
    static func refused(_ message: String) -> Refusal { failure("1000", message) }

    /// A certificate that the account doesn't have.
    static let noCertificate = failure("2200", "No certificate was found.")

    /// An order that the account doesn't have.
    static let noOrder = failure("1006", "The order does not exist.")
}
