extension SandboxFault {
    /// The requests that a fault concerns.
    public struct Scope: Sendable, Hashable {
        private let prefix: String
        private var isOfMutations = false

        private init(prefix: String) { self.prefix = prefix }

        /// All of them.
        public static let everything = Scope(prefix: "")

        /// Those to DigiCert.
        public static let digiCert = Scope(prefix: DigiCertGate().pathPrefix)

        /// Those to NAVER Cloud.
        public static let ncp = Scope(prefix: NCPGate().pathPrefix)

        /// Those whose path starts so.
        public static func path(_ prefix: String) -> Scope { Scope(prefix: prefix) }

        /// Those of them that change something, by their method: all but `GET` and `HEAD`.
        public var mutations: Scope {
            var scope = self
            scope.isOfMutations = true
            return scope
        }

        func contains(method: String, path: String) -> Bool {
            path.hasPrefix(prefix) && !(isOfMutations && ["GET", "HEAD"].contains(method))
        }
    }
}
