// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A product of certhost.
func certhost(_ product: String) -> Target.Dependency { .product(name: product, package: "certhost") }

// What an embedder's package looks like. In a package of your own, the first dependency is the address of certhost's
// repository; the name is given here because a path has none that is the same in every clone.
let package = Package(
    name: "certhost-embedding",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "expiry-watch", targets: ["ExpiryWatch"]),
        .executable(name: "route-check", targets: ["RouteCheck"]),
    ],
    dependencies: [
        .package(name: "certhost", path: "../.."),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .executableTarget(
            name: "ExpiryWatch",
            dependencies: [
                certhost("CertProtocol"), certhost("DigiCertAdapter"), certhost("HTTPTransport"), certhost("Host"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "RouteCheck",
            dependencies: [
                certhost("AdapterHTTP"), certhost("CertProtocol"), certhost("DigiCertAdapter"), certhost("Host"),
            ],
            swiftSettings: settings
        ),
    ]
)
