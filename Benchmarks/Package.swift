// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// The name keeps its identity the same in every clone, whatever the folder is called.
func certhost(_ product: String) -> Target.Dependency { .product(name: product, package: "certhost") }

// A package of its own, so that whoever embeds certhost never resolves what only measurements need.
let package = Package(
    name: "certhost-benchmarks",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "benchmark", targets: ["Benchmark"]),
        .executable(name: "soak", targets: ["Soak"]),
    ],
    dependencies: [
        .package(name: "certhost", path: ".."),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    ],
    targets: [
        .target(name: "BenchmarkSupport", swiftSettings: settings),
        .executableTarget(
            name: "Benchmark",
            dependencies: [
                "BenchmarkSupport", certhost("AdapterHTTP"), certhost("CertProtocol"), certhost("DigiCertAdapter"),
                certhost("Host"), .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "Soak",
            dependencies: [
                "BenchmarkSupport", certhost("CASandbox"), certhost("CertProtocol"), certhost("DigiCertAdapter"),
                certhost("HTTPTransport"), certhost("Host"), certhost("NCPAdapter"),
            ],
            swiftSettings: settings
        ),
    ]
)
