/// A certificate signing request without what differs between spellings of the same one: labels and line breaks.
struct SigningRequestText: Equatable {
    private let base64: String

    init(_ text: String) {
        base64 = text.replacing(/-----[A-Z ]+-----/, with: "").filter { !$0.isWhitespace }
    }
}
