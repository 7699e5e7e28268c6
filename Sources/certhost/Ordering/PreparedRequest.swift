internal import CertProtocol
internal import Foundation
internal import Host
internal import IssuanceVerification

/// A signing request that is ready to be sent, and the key of it where that was made here.
struct PreparedRequest: Sendable {
    /// The request, PEM.
    let pem: String
    /// The key, for people.
    let key: String
    /// Writes the new key to its file; `nil` where there is none, or it is there already.
    let writeKey: (@Sendable () throws(CertificateError) -> Void)?

    /// None, where the authority makes the key, or has it from the order that is renewed.
    static func none(key: String) -> PreparedRequest { PreparedRequest(key: key) }

    private init(key: String) { (pem, self.key, writeKey) = ("", key, nil) }

    /// Reads the request of a file, and holds its names against those of the order.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - names: the names of the order.
    /// - Throws: `invalid_request` where it can't be read, isn't right, or asks for a name that the certificate would lack.
    init(file path: String, names: [String]) throws(CertificateError) {
        let request = try Self.read(path)
        let missing = request.namesMissing(from: names)
        guard missing.isEmpty else {
            throw CertificateError(
                .invalidRequest,
                "\(path) asks for \(missing.joined(separator: ", ")), which the certificate would lack: authorities take the "
                    + "names from the order. Give each with --domain, or make another signing request."
            )
        }
        (pem, key, writeKey) = (request.pem, "\(request.keyDescription), from \(path)", nil)
    }

    /// Makes a key and a request.
    ///
    /// - Throws: `invalid_request` where a name is none.
    init(generating algorithm: KeyAlgorithm, into path: String, names: [String]) throws(CertificateError) {
        let generated = try GeneratedKey(algorithm)
        pem = try generated.signingRequest(for: names)
        key = "\(algorithm.rawValue), made here, kept in \(path)"
        writeKey = { () throws(CertificateError) in try PrivateKeyFile.write(generated.privateKeyPEM, to: path) }
    }

    /// The request that a call of the journal was made with, whose key is in its file already.
    ///
    /// - Throws: `invalid_request` where it is of another key.
    init(again entry: JournalEntry, keyFile path: String) throws(CertificateError) {
        guard let contents = entry.request.contents,
            let request = try? SigningRequest(pem: contents.signingRequest),
            request.isSigned(by: try PrivateKeyFile.read(path))
        else { throw Self.exists(path) }
        (pem, key, writeKey) = (contents.signingRequest, "\(request.keyDescription), from \(path)", nil)
    }

    /// The names that a signing request in a file asks for.
    static func names(in path: String) throws(CertificateError) -> [String] { try read(path).names }

    /// The error for a key file that is there already.
    static func exists(_ path: String) -> CertificateError {
        CertificateError(
            .invalidRequest, "The key file \(path) exists, and a key is never written over; name another file."
        )
    }

    private static func read(_ path: String) throws(CertificateError) -> SigningRequest {
        try SigningRequest(pem: try TextFile.read(path, as: "signing request", limit: SigningRequest.sizeLimit))
    }
}

/// A small file of text that the user names.
enum TextFile {
    /// Reads it.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - what: what it holds, for errors.
    ///   - limit: the most bytes that it may have.
    /// - Returns: the text.
    /// - Throws: `invalid_request` where that can't be done.
    static func read(_ path: String, as what: String, limit: Int) throws(CertificateError) -> String {
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            let data = try handle.read(upToCount: limit + 1) ?? Data()
            guard data.count <= limit else {
                throw CertificateError(.invalidRequest, "The \(what) \(path) is larger than \(limit) bytes.")
            }
            return String(decoding: data, as: UTF8.self)
        } catch {
            if let error = error as? CertificateError { throw error }
            throw CertificateError(.invalidRequest, "The \(what) \(path) can't be read.")
        }
    }
}
