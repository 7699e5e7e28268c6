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

// A package of its own: libFuzzer brings a main function along, and every module is built with its instrumentation.
let package = Package(
    name: "certhost-fuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "certhost", path: "..")],
    targets: [
        .executableTarget(
            name: "FuzzConfiguration",
            dependencies: [
                certhost("AdapterHTTP"), certhost("CertProtocol"), certhost("DigiCertAdapter"), certhost("Host"),
                certhost("NCPAdapter"),
            ],
            swiftSettings: settings
        )
    ]
)
