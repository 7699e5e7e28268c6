internal import CertProtocol

extension DigiCert {
    /// The body of an error: `{"errors":[{"code":"access_denied|missing_permission","message":"…"}]}` (“Errors”). `errors` has
    /// also been seen as a single object, and the CDN in front of the API answers in HTML.
    struct ErrorBody: Sendable {
        /// The first `code`.
        let code: String?
        /// Every `message`, one after the other.
        let message: String?

        /// Reads whatever came; there is nothing in it where it isn't JSON.
        init(_ value: JSONValue?) {
            let errors = value?["errors"]
            let entries = errors?.kind == .object ? [errors].compactMap(\.self) : value?.array("errors") ?? []
            let objects = entries.filter { $0.kind == .object }
            code = objects.lazy.compactMap { $0.string("code") }.first
            let messages = objects.compactMap { $0.string("message") }.filter { !$0.isEmpty }
            message = messages.isEmpty ? nil : messages.joined(separator: "; ")
        }
    }
}
