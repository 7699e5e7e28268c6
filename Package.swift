// swift-tools-version: 6.2
import PackageDescription

// Warnings fail the build where CERTHOST_STRICT is set, as in CI; an embedder's build never does.
let strict = Context.environment["CERTHOST_STRICT"] != nil

let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + (strict ? [.treatAllWarnings(as: .error)] : [])

let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let tracing: Target.Dependency = .product(name: "Tracing", package: "swift-distributed-tracing")
let memoryLogging: Target.Dependency = .product(name: "InMemoryLogging", package: "swift-log")
let memoryMetrics: Target.Dependency = .product(name: "MetricsTestKit", package: "swift-metrics")
let memoryTracing: Target.Dependency = .product(name: "InMemoryTracing", package: "swift-distributed-tracing")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")

let package = Package(
    name: "certhost",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "CertProtocol", targets: ["CertProtocol"]),
        .library(name: "AdapterHTTP", targets: ["AdapterHTTP"]),
        .library(name: "AdapterSystem", targets: ["AdapterSystem"]),
        .library(name: "HTTPTransport", targets: ["HTTPTransport"]),
        .library(name: "DigiCertAdapter", targets: ["DigiCertAdapter"]),
        .library(name: "NCPAdapter", targets: ["NCPAdapter"]),
        .library(name: "ACMEAdapter", targets: ["ACMEAdapter"]),
        .library(name: "LocalCAAdapter", targets: ["LocalCAAdapter"]),
        .library(name: "Host", targets: ["Host"]),
        .library(name: "SQLiteJournal", targets: ["SQLiteJournal"]),
        .library(name: "IssuanceVerification", targets: ["IssuanceVerification"]),
        .library(name: "CASandbox", targets: ["CASandbox"]),
        .library(name: "CertConformance", targets: ["CertConformance"]),
        .executable(name: "certhost", targets: ["certhost"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(name: "CertProtocol", swiftSettings: settings),
        .target(
            name: "AdapterHTTP",
            dependencies: ["CertProtocol", httpTypes, logging, metrics],
            swiftSettings: settings
        ),
        .target(name: "AdapterSystem", dependencies: ["CertProtocol"], swiftSettings: settings),
        .target(
            name: "HTTPTransport",
            dependencies: [
                "AdapterHTTP", "CertProtocol", httpTypes,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "DigiCertAdapter",
            dependencies: ["AdapterHTTP", "CertProtocol", httpTypes],
            packageAccess: false,
            swiftSettings: settings
        ),
        .target(
            name: "NCPAdapter",
            dependencies: ["AdapterHTTP", "CertProtocol", crypto, httpTypes],
            packageAccess: false,
            swiftSettings: settings
        ),
        .target(
            name: "ACMEAdapter",
            dependencies: ["AdapterHTTP", "AdapterSystem", "CertProtocol", crypto, cryptoExtras, httpTypes],
            packageAccess: false,
            swiftSettings: settings
        ),
        .target(
            name: "LocalCAAdapter",
            dependencies: ["AdapterSystem", "CertProtocol", asn1, crypto, cryptoExtras, x509],
            packageAccess: false,
            swiftSettings: settings
        ),
        .systemLibrary(
            name: "CLibYAML",
            pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
        ),
        .target(
            name: "Host",
            dependencies: ["CLibYAML", "CertProtocol", logging, metrics, tracing],
            swiftSettings: settings
        ),
        .target(
            name: "CertConformance",
            dependencies: ["CertProtocol"],
            swiftSettings: settings
        ),
        .target(name: "SQLiteJournal", dependencies: ["CertProtocol", "Host", grdb], swiftSettings: settings),
        .target(
            name: "IssuanceVerification",
            dependencies: ["CertProtocol", "Host", asn1, crypto, cryptoExtras, x509],
            swiftSettings: settings
        ),
        .target(
            name: "CASandbox",
            dependencies: [
                "CertProtocol", asn1, crypto, cryptoExtras, httpTypes, logging, x509,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "certhost",
            dependencies: [
                "ACMEAdapter", "AdapterHTTP", "CASandbox", "CertProtocol", "DigiCertAdapter", "HTTPTransport", "Host",
                "IssuanceVerification", "LocalCAAdapter", "NCPAdapter", "SQLiteJournal", logging,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "TestSupport",
            dependencies: ["AdapterHTTP", "CertConformance", "CertProtocol", httpTypes, logging, memoryLogging],
            path: "Tests/TestSupport",
            swiftSettings: settings
        ),
        .testTarget(name: "CertProtocolTests", dependencies: ["CertProtocol"], swiftSettings: settings),
        .testTarget(
            name: "AdapterHTTPTests",
            dependencies: [
                "AdapterHTTP", "CertProtocol", "TestSupport", httpTypes, logging, memoryLogging, memoryMetrics, metrics,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "HTTPTransportTests",
            dependencies: ["AdapterHTTP", "CertProtocol", "HTTPTransport", "TestSupport", httpTypes],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DigiCertAdapterTests",
            dependencies: [
                "AdapterHTTP", "CASandbox", "CertConformance", "CertProtocol", "DigiCertAdapter", "HTTPTransport",
                "TestSupport", httpTypes,
            ],
            exclude: ["Fixtures"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "NCPAdapterTests",
            dependencies: [
                "AdapterHTTP", "CASandbox", "CertConformance", "CertProtocol", "HTTPTransport", "NCPAdapter",
                "TestSupport", httpTypes,
            ],
            exclude: ["Fixtures"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AdapterSystemTests", dependencies: ["AdapterSystem", "CertProtocol"], swiftSettings: settings
        ),
        .testTarget(
            name: "ACMEAdapterTests",
            dependencies: [
                "ACMEAdapter", "AdapterHTTP", "CertConformance", "CertProtocol", "HTTPTransport", "TestSupport", crypto,
                cryptoExtras, httpTypes,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "LocalCAAdapterTests",
            dependencies: [
                "CertConformance", "CertProtocol", "Host", "LocalCAAdapter", "LocalCAProcess", "TestSupport",
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "LocalCAProcess",
            dependencies: ["CertProtocol", "LocalCAAdapter"],
            path: "Tests/LocalCAProcess",
            swiftSettings: settings
        ),
        .testTarget(
            name: "HostTests",
            dependencies: [
                "AdapterHTTP", "CertProtocol", "DigiCertAdapter", "Host", "NCPAdapter", "SQLiteJournal", "TestSupport",
                httpTypes, logging, memoryLogging, memoryMetrics, memoryTracing, metrics, tracing,
            ],
            exclude: ["Configuration/Corpus", "Configuration/Differential/reference.py"],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "OrderingProcess",
            dependencies: ["CertProtocol", "Host", "SQLiteJournal"],
            path: "Tests/OrderingProcess",
            swiftSettings: settings
        ),
        .testTarget(
            name: "LiveConformanceTests",
            dependencies: [
                "ACMEAdapter", "AdapterHTTP", "CASandbox", "CertConformance", "CertProtocol", "DigiCertAdapter",
                "HTTPTransport", "Host", "LocalCAAdapter", "NCPAdapter", "TestSupport",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CertConformanceTests",
            dependencies: ["CertConformance", "CertProtocol", asn1, crypto, x509],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SQLiteJournalTests",
            dependencies: ["CertProtocol", "Host", "OrderingProcess", "SQLiteJournal", grdb],
            swiftSettings: settings
        ),
        .testTarget(
            name: "IssuanceVerificationTests",
            dependencies: ["CertProtocol", "Host", "IssuanceVerification", asn1, crypto, cryptoExtras, x509],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CASandboxTests",
            dependencies: [
                "CASandbox", "CertProtocol", "TestSupport", crypto,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "FaultMatrixTests",
            dependencies: [
                "AdapterHTTP", "CASandbox", "CertProtocol", "DigiCertAdapter", "HTTPTransport", "Host", "NCPAdapter",
                "TestSupport", httpTypes,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ReloadTests",
            dependencies: [
                "AdapterHTTP", "CASandbox", "CertProtocol", "DigiCertAdapter", "HTTPTransport", "Host", "NCPAdapter",
                "TestSupport",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SecrecyTests",
            dependencies: [
                "AdapterHTTP", "CASandbox", "CertProtocol", "DigiCertAdapter", "HTTPTransport", "Host", "NCPAdapter",
                "TestSupport", httpTypes, logging, memoryLogging, memoryMetrics, memoryTracing, metrics, tracing,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "EvolutionTests",
            dependencies: ["AdapterHTTP", "CertProtocol", "Host", "TestSupport", httpTypes],
            packageAccess: false,
            swiftSettings: settings
        ),
        .testTarget(
            name: "DocumentationTests",
            dependencies: [
                "ACMEAdapter", "AdapterHTTP", "CASandbox", "CertConformance", "CertProtocol", "DigiCertAdapter",
                "HTTPTransport", "Host", "LocalCAAdapter", "NCPAdapter", "TestSupport", httpTypes, logging,
                memoryLogging,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PackageTests",
            // The command and the modules that a new adapter is made of, for the compiler to be there.
            dependencies: [
                "AdapterHTTP", "CASandbox", "CertConformance", "CertProtocol", "Host", "certhost", memoryLogging,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "certhostTests",
            dependencies: [
                "CASandbox", "CertProtocol", "HTTPTransport", "Host", "IssuanceVerification", "TestSupport", "certhost",
            ],
            swiftSettings: settings
        ),
    ]
)
