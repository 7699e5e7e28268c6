internal import CertProtocol
internal import Crypto
internal import FoundationEssentials
internal import HTTPTypes

/// An API authentication key, and the signature that it makes.
struct NCPCredential: Sendable {
    let accessKey: Secret
    let secretKey: Secret

    /// Signs a request: exactly the target that it carries is signed, and the timestamp that is signed is the one sent.
    ///
    /// The gateway wants `Content-Type` on requests without a body too (Certificate Manager overview, common headers).
    func sign(_ request: inout HTTPRequest, at date: Date) {
        let timestamp = Self.timestamp(date)
        let signature = signature(method: request.method.rawValue, target: request.path ?? "/", timestamp: timestamp)
        request.headerFields[named: "x-ncp-apigw-timestamp"] = timestamp
        request.headerFields[named: "x-ncp-iam-access-key"] = accessKey.withExposedValue { $0 }
        request.headerFields[named: "x-ncp-apigw-signature-v2"] = signature
        if request.headerFields[.contentType] == nil { request.headerFields[.contentType] = "application/json" }
    }

    /// Signature v2 (api.ncloud-docs.com, "Ncloud API", section on the signature): Base64 of HMAC-SHA256 over method,
    /// space, target; line feed; timestamp; line feed; access key, with no line feed at the end. The key is the secret
    /// key's text as it is. Nothing is canonicalised, and the body isn't part of it.
    ///
    /// - Parameters:
    ///   - method: the method, in upper case.
    ///   - target: the percent-encoded path and query, byte for byte as sent.
    ///   - timestamp: milliseconds since 1970, in digits.
    /// - Returns: the value of `x-ncp-apigw-signature-v2`.
    func signature(method: String, target: String, timestamp: String) -> String {
        let message = accessKey.withExposedValue { "\(method) \(target)\n\(timestamp)\n\($0)" }
        let code = secretKey.withExposedValue { secret in
            HMAC<SHA256>.authenticationCode(for: Data(message.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        }
        return Data(code).base64EncodedString()
    }

    /// Milliseconds since 1970-01-01T00:00:00Z, in digits. The gateway refuses what is five minutes or more off.
    static func timestamp(_ date: Date) -> String {
        String(Int64((date.timeIntervalSince1970 * 1000).rounded()))
    }
}

extension HTTPFields {
    /// The field of that name. A text that is no field name has no value and takes none.
    subscript(named name: String) -> String? {
        get { HTTPField.Name(name).flatMap { self[$0] } }
        set { if let name = HTTPField.Name(name) { self[name] = newValue } }
    }
}
