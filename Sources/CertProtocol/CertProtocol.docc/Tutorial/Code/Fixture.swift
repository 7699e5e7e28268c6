import CertProtocol
import Foundation

/// An answer of the API that was kept in a file: the samples of its documentation, and odd ones made by hand.
func fixture(_ name: String) throws -> JSONValue {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try JSONValue(parsing: Array(Data(contentsOf: folder.appending(path: "../certhost"))))
}
