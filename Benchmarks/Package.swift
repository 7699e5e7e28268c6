// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that whoever embeds certhost never resolves what only measurements need.
let package = Package(
    name: "certhost-benchmarks",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "list-benchmark", targets: ["ListBenchmark"])],
    targets: [
        .executableTarget(
            name: "ListBenchmark",
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            ]
        )
    ]
)
