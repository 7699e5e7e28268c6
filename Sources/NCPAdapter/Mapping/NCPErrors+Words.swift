internal import AdapterHTTP
internal import CertProtocol

/// What is told about an error, and what to do about it.
extension NCPErrors {
    /// What an answer that isn't 2xx means, before its own words.
    static func meaning(
        _ answer: HTTPAnswer, _ words: NCPErrorWords, _ version: NCPSettings.APIVersion
    ) -> String {
        switch (answer.status, words.gatewayCode) {
        case (401, "210"): "The key of access_key may not do this."
        case (401, _): notAccepted(answer)
        // The backend answers the key of a sub-account so, whatever its roles.
        case (403, _) where version == .v2 && answer.body.allSatisfy(\.isASCIISpace):
            "NAVER Cloud forbids this without a reason. The key of a sub-account may be the cause: v2 of the API accepts "
                + "the main account's keys only; with api: v1 a sub-account's key is accepted."
        case (403, _): "NAVER Cloud forbids this to the key of access_key."
        case (404, _): "NAVER Cloud knows no such thing."
        default: "NAVER Cloud refused the request with status \(answer.status)."
        }
    }

    /// A signature carries the time, and from five minutes on the gateway refuses it with the very words that it has for a
    /// wrong key; only the server's own clock tells the two apart.
    private static func notAccepted(_ answer: HTTPAnswer) -> String {
        let validity = "a signature is good for less than five minutes"
        if let remark = answer.clockRemark() {
            return "The credential was not accepted. \(remark) Set it right: \(validity)."
        }
        let check = "The credential was not accepted. Check access_key, secret_key and zone"
        guard answer.clockSkew == nil else { return check + "." }
        return check + ", and that this machine's clock is right: \(validity)."
    }
}

extension UInt8 {
    fileprivate var isASCIISpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
