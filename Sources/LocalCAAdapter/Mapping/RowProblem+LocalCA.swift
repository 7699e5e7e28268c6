internal import CertProtocol

extension RowProblem {
    private static let mostBytes = 1024

    /// A record that can't be read, with what can be shown of it.
    init(_ error: CertificateError, record: String, content: [UInt8]) {
        let text = String(decoding: content.prefix(Self.mostBytes), as: UTF8.self)
        self.init(reason: error.message, raw: JSONValue(["file": .string(record), "content": .string(text)]))
    }
}
