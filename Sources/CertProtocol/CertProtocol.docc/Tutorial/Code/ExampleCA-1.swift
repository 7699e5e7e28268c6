internal import CertProtocol

/// Example CA, by its API v1.
///
/// The types nested here are what the API sends, field by field. The records of the unified model keep the JSON that they were
/// made from, and each of these types can be read from it:
///
/// ```swift
/// let info = ExampleCA.Order(order.raw)
/// ```
public enum ExampleCA {
    /// What `adapter:` names it in the configuration.
    public static let adapterName = "example-ca"

    /// The rate windows that the API documents, for each token. Several hold at once.
    static let documentedLimits = [RateWindow(50, per: .seconds(1))]
}
