/// How certificate authorities are reached.
public struct TransportOptions: Sendable {
    /// A file of certificates, PEM, that are trusted besides the system's roots.
    public var additionalRoots: String?
    /// An http proxy, as a URL; `nil` to take ``environment``'s `HTTPS_PROXY`.
    public var proxy: String?
    /// Where `HTTPS_PROXY` and `NO_PROXY` are looked up, in either case.
    public var environment: [String: String]
    /// The bytes that a body may have once it is decompressed.
    public var maximumDecompressedBytes: Int

    /// Options; by default no further roots and no proxy.
    public init(
        additionalRoots: String? = nil, proxy: String? = nil, environment: [String: String] = [:],
        maximumDecompressedBytes: Int = 32 << 20
    ) {
        self.additionalRoots = additionalRoots
        self.proxy = proxy
        self.environment = environment
        self.maximumDecompressedBytes = maximumDecompressedBytes
    }
}

/// Why a transport can't be made.
public struct TransportConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, as a sentence.
    public let description: String

    init(_ description: String) { self.description = description }
}
