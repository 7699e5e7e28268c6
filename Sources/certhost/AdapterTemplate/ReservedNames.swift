/// Names that an adapter's types and its factory can't have.
enum ReservedNames {
    /// Types and modules that a new adapter and its tests work with, and those of the adapters that there are.
    static let types: Set = certhost.union(others)

    /// The public types of the modules that an adapter is made with and of the adapters, and what of `Host` its tests use.
    static let certhost: Set = [
        "ACME", "AdapterContext", "AdapterFactory", "AdapterHTTP", "AdapterRegistry", "Approval", "AuthorityFault",
        "AuthorityUnderTest", "CalendarDay", "CancelRequest", "Capabilities", "Capability", "CapabilityTable",
        "CertConformance", "CertProtocol", "Certificate", "CertificateContents", "CertificateDate",
        "CertificateDownload", "CertificateError", "CertificateFilter", "CertificateHost", "CertificateProvider",
        "CertificateStatus", "ClientTransport", "ConfigurationError", "ConfigurationLoader", "Conformance",
        "ConformanceFailure", "ConformanceOutcome", "Credential", "Cursor", "DecideApprovalRequest",
        "DeleteCertificateRequest", "DigiCert", "DomainValidation", "DomainValidationsRequest", "DownloadFormat",
        "DownloadRequest", "DuplicateRequest", "ExtendRequest", "ExternalProgram", "FactoryUnderTest", "FaultInjection",
        "FileLock", "FindOrderRequest", "FoundOrder", "HTTPAnswer", "HTTPCall", "HealthCheckRequest", "Host",
        "ImportCertificateRequest", "IssueRequest", "JSONNode", "JSONSyntaxError", "JSONValue", "ListApprovalsRequest",
        "ListCertificatesRequest", "ListChangesRequest", "ListDuplicatesRequest", "ListOrganizationsRequest",
        "ListProductsRequest", "ListReissuesRequest", "ListSubaccountOrdersRequest", "LoadedConfiguration", "LocalCA",
        "NCP", "NetworkOptions", "NotListed", "OperationClock", "OperationContext", "OperationEvent", "Order",
        "OrderDetailRequest", "OrderLookup", "OrderReference", "OrderRequest", "Organization", "PEMCertificate", "Page",
        "PageWindow", "PrivateFile", "Product", "ProviderCapabilities", "ProviderHTTPClient", "RateLimiter",
        "RateWindow", "Receipt", "Redactor", "ReissueRequest", "RenewRequest", "RequestTarget", "Requirement",
        "RequirementTable", "RetryPolicy", "RevocationReason", "RevocationScope", "RevokeRequest", "RowProblem",
        "Samples", "Secret", "ServiceURL", "ServiceURLProblem", "SetAutoRenewalRequest",
        "SetDomainValidationMethodRequest", "Setting", "SettingPattern", "SettingProblem", "SettingValue",
        "SettingsDeclaration", "SettingsValues", "SharedResources", "StableHash", "StatusChange", "Subaccount",
        "Supplied", "TransportFailure", "TransportRequest", "TransportResponse", "ValidityPeriod",
    ]

    private static let others: Set = [
        "Account", "Array", "Bool", "CaseIterable", "Character", "Collection", "Comparable", "ContinuousClock", "Data",
        "Date", "Decodable", "Dictionary", "Double", "Duration", "Encodable", "Equatable", "Error", "FileManager",
        "Foundation", "FoundationEssentials", "HTTPField", "HTTPFields", "HTTPRequest", "HTTPResponse", "HTTPTransport",
        "HTTPTypes", "Hashable", "InMemoryLogHandler", "InMemoryLogging", "Int", "Int64", "Issue", "Log", "Logger",
        "Logging", "LoggingSystem", "Mutex", "Never", "Optional", "Result", "Sendable", "Sequence", "Set", "String",
        "StubCertificate", "StubServer", "Suite", "Swift", "Synchronization", "Tag", "Task", "Test", "Testing",
        "UInt64", "URL", "UUID", "Void", "XCTest",
    ]

    /// Words that stand for a value in one of YAML's versions.
    static let ofYAML: Set = ["false", "n", "no", "null", "off", "on", "true", "y", "yes"]

    /// Words of the language, which can't name a function.
    static let keywords: Set = [
        "actor", "any", "as", "associatedtype", "await", "borrowing", "break", "case", "catch", "class", "consuming",
        "continue", "default", "defer", "deinit", "do", "each", "else", "enum", "extension", "fallthrough", "false",
        "fileprivate", "for", "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "macro",
        "nil", "operator", "package", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows",
        "return", "self", "some", "static", "struct", "subscript", "super", "switch", "throw", "throws", "true", "try",
        "typealias", "var", "where", "while",
    ]
}
