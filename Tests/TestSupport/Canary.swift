internal import FoundationEssentials

/// A made-up credential that can be told wherever it comes out: whole or cut, and in every spelling.
///
/// It has what escapes change (a quote, a slash, an ampersand, a backslash) around letters and digits that no escape changes.
public struct Canary: Sendable {
    /// The credential.
    public let text: String
    /// Its letters and digits in two halves, each long enough to stand nowhere else.
    private let halves: [String]

    /// A canary of that name; names differ in their letters.
    public init(_ name: String) {
        halves = ["Qz7\(name)4Wk", "Xv9\(name)2Jh"]
        text = "\(halves[0])/\"<&+%\\=\(halves[1])"
    }

    /// What a text holds of the canary, in whatever spelling; `nil` where that is nothing.
    public func trace(in text: String) -> String? {
        let folded = text.lowercased()
        let hexadecimal = folded.filter { !" \n".contains($0) }
        for half in halves {
            if folded.contains(half.lowercased()) { return half }
            let digits = half.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            if hexadecimal.contains(digits) { return "\(half) in hexadecimal" }
            // In base64 three bytes are four characters, wherever they begin.
            for skipped in 0..<3 {
                let bytes = half.utf8.dropFirst(skipped)
                let whole = Data(bytes.prefix(bytes.count / 3 * 3)).base64EncodedString()
                if text.contains(whole) { return "\(half) in base64" }
            }
        }
        return nil
    }
}
