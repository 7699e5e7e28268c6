public import CertProtocol

extension NCP {
    /// How the control of a certificate's domain is being proven: the answer of ListDcvStatuses
    /// (`getVerificationInfo/{certificateNo}`).
    public struct VerificationInfo: Sendable {
        /// What stands around the answer.
        public let envelope: Envelope
        /// `dnsVerificationCount` (Integer).
        public let dnsVerificationCount: Int64?
        /// `dnsVerificationList` (Array): proofs by DNS record.
        public let dnsVerificationList: [DNSVerification]
        /// `emailVerificationCount` (Integer): mentioned, not explained.
        public let emailVerificationCount: Int64?
        /// `emailVerificationList` (Array): mentioned, its items not explained.
        public let emailVerificationList: [JSONValue]
        /// Items of `dnsVerificationList` that can't be read.
        public let problems: [RowProblem]
        /// The answer as sent.
        public let raw: JSONValue

        /// Reads an answer; `nil` where it has neither a list of proofs nor a return code, or a list is no array.
        public init?(_ value: JSONValue) {
            guard let answer = ListAnswer<DNSVerification>(value, named: ["dnsVerificationList"]),
                let emailRows = value.rows(["emailVerificationList"])
            else { return nil }
            envelope = answer.envelope
            dnsVerificationCount = value.integer("dnsVerificationCount")
            dnsVerificationList = answer.rows
            emailVerificationCount = value.integer("emailVerificationCount")
            emailVerificationList = emailRows
            problems = answer.problems
            raw = value
        }
    }

    /// A proof by DNS record: an item of `dnsVerificationList`.
    ///
    /// The documentation that is known breaks off after these fields; ``raw`` holds the others.
    public struct DNSVerification: Sendable {
        /// `validSn` (Integer, String before 2026-09-17): the number of the proof.
        public let validSn: String?
        /// `requestSn` (String): the number of the request.
        public let requestSn: String?
        /// `validStatusCode` (String): `VALID_STATUS_SUCCESS`, `VALID_STATUS_REG`, `VALID_STATUS_TIMEOUT`.
        public let validStatusCode: String?
        /// `txtName` (String): the name of the TXT record.
        public let txtName: String?
        /// `txtId` (String): the id of the TXT record.
        public let txtID: String?
        /// The item as sent.
        public let raw: JSONValue

        /// Reads an item; `nil` where it is no object.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            validSn = value.string("validSn")
            requestSn = value.string("requestSn")
            validStatusCode = value.string("validStatusCode")
            txtName = value.string("txtName")
            txtID = value.string("txtId")
            raw = value
        }
    }
}

extension NCP.DNSVerification: NCPRow {
    static var necessity: String { "to be an object" }
}
