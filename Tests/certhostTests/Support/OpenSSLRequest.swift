import Foundation
import TestSupport

/// A signing request that `openssl` made, as users bring theirs.
enum OpenSSLRequest {
    /// Writes a request for names, the first as the common name too, and its key beside it.
    static func write(_ folder: URL, _ file: String, names: [String]) throws {
        try OpenSSL.run(
            "openssl",
            [
                "req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=\(names[0])", "-addext",
                "subjectAltName=" + names.map { "DNS:\($0)" }.joined(separator: ","), "-keyout",
                folder.appending(path: file + ".key").path, "-out", folder.appending(path: file).path,
            ]
        )
    }
}
