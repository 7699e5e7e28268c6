public import CertProtocol

extension ACME {
    /// What went wrong (RFC 7807; RFC 8555, section 6.7).
    public struct Problem: Sendable {
        /// `type`: a URN, `urn:ietf:params:acme:error:` and a name, or another URI.
        public let type: String?
        /// `title`: what the type means, for people.
        public let title: String?
        /// `detail`: what happened, for people.
        public let detail: String?
        /// `status`: the HTTP status.
        public let status: Int64?
        /// `instance`: a URL for people; with `userActionRequired`, where to act.
        public let instance: String?
        /// `identifier`: the name that a subproblem is about.
        public let identifier: Identifier?
        /// `subproblems` (RFC 8555, section 6.7.1).
        public let subproblems: [Problem]

        /// Reads a problem.
        public init(_ value: JSONValue) { self.init(value, depth: 0) }

        private init(_ value: JSONValue, depth: Int) {
            type = value.string("type")
            title = value.string("title")
            detail = value.string("detail")
            status = value.integer("status")
            instance = value.string("instance")
            identifier = value.object("identifier").flatMap(Identifier.init)
            // Subproblems have none of their own.
            let parts = depth == 0 ? value.array("subproblems") ?? [] : []
            subproblems = parts.filter { $0.kind == .object }.map { Problem($0, depth: depth + 1) }
        }

        /// What stands before the name of each of the protocol's own problems.
        public static let namespace = "urn:ietf:params:acme:error:"

        /// The name of one of the protocol's own problems; `nil` for another one.
        public var name: String? {
            type.flatMap { $0.hasPrefix(Self.namespace) ? String($0.dropFirst(Self.namespace.count)) : nil }
        }

        /// What is said, the subproblems with the names that they are about; empty where nothing is.
        public var words: String {
            let own = [detail ?? title ?? name].compactMap(\.self)
            let parts = subproblems.map { part in
                let words = part.words
                let named = part.name.map { words.isEmpty || words == $0 ? $0 : "\(words) (\($0))" } ?? words
                return part.identifier.map { "\($0.value): \(named)" } ?? named
            }
            return (own + parts).filter { !$0.isEmpty }.joined(separator: "; ")
        }
    }
}
