/// What became of one requirement.
public enum ConformanceOutcome: Sendable, Hashable {
    /// It holds. The notes name what could not be tried, and why.
    case passed(notes: [String])
    /// It doesn't hold; the message says what to do.
    case failed(String)
    /// It can't be tried here, for this reason.
    case notApplicable(String)
}

extension ConformanceOutcome: CustomStringConvertible {
    /// One line, or several where there are several findings.
    public var description: String {
        switch self {
        case .passed(let notes): (["passed"] + notes).joined(separator: "; ")
        case .failed(let message): "failed: \(message)"
        case .notApplicable(let reason): "not applicable: \(reason)"
        }
    }
}

/// A requirement that a provider doesn't meet.
public struct ConformanceFailure: Error, CustomStringConvertible {
    /// The requirement's id.
    public let requirement: String
    /// What is wrong, and what to do.
    public let message: String

    /// The id and the message.
    public var description: String { "[\(requirement)] \(message)" }
}

/// A requirement can't be tried.
struct NotApplicable: Error {
    let reason: String
}

/// A part of the description is left out.
struct MissingPart: Error {
    let request: String
}

/// Something that isn't as it should be: what, and what to do about it.
struct Finding: Error {
    let message: String

    init(_ message: String) { self.message = message }
}
