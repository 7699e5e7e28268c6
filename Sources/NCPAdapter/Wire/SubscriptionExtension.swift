internal import AdapterHTTP
internal import CertProtocol

extension NCP {
    /// The body of SubscriptionExtend (`POST subscription/extend`). The answer is the envelope alone.
    struct SubscriptionExtension: NCPChange {
        /// `orderId` (String).
        var orderID: String
        /// `subscriptionPeriod` (String): `1Y`, `2Y`, `3Y`.
        var years: Int

        var call: HTTPCall {
            Self.post(
                "/api/v2/certificate/subscription/extend",
                ["orderId": .string(orderID), "subscriptionPeriod": .string("\(years)Y")]
            )
        }
    }
}
