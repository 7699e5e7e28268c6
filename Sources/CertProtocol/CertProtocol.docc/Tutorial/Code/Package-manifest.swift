// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A product of certhost.
func certhost(_ product: String) -> Target.Dependency { .product(name: product, package: "certhost") }

let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")

let package = Package(
    name: "example-ca-adapter",
    platforms: [.macOS(.v15)],
    products: [.library(name: "ExampleCAAdapter", targets: ["ExampleCAAdapter"])],
    dependencies: [
        .package(name: "certhost", path: "../certhost"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .target(
            name: "ExampleCAAdapter",
            dependencies: [certhost("AdapterHTTP"), certhost("CertProtocol"), httpTypes],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ExampleCAAdapterTests",
            dependencies: [
                "ExampleCAAdapter", certhost("CertConformance"), certhost("CertProtocol"), certhost("HTTPTransport"),
                certhost("Host"), .product(name: "InMemoryLogging", package: "swift-log"),
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Fixtures"],
            swiftSettings: settings
        ),
    ]
)
