internal import Foundation

/// An adapter that is to be written, and what to tell whoever asked for it.
struct NewAdapter: Sendable {
    let files: NewFiles
    private let next: String

    /// An adapter in a package of its own.
    static func package(_ name: AdapterName, in folder: URL, certhost: CerthostDependency) -> NewAdapter {
        NewAdapter(
            files: NewFiles(folder: folder, files: AdapterTemplate.package(name, certhost: certhost)),
            next: """
                It builds and passes as it is (swift build alone would also build the command of a checkout):

                  cd \(quoted(folder.path)) && swift test

                A program that depends on the product \(name.module) registers it with one line, and then its plugins.yaml may
                say adapter: \(name.text):

                  let registry = try AdapterRegistry([.\(name.member)(transport: transport)])

                \(steps(name))
                """
        )
    }

    /// An adapter among those of certhost.
    static func inPackage(_ name: AdapterName, of checkout: URL) -> NewAdapter {
        NewAdapter(
            files: NewFiles(folder: checkout, files: AdapterTemplate.inPackage(name)),
            next: """
                Package.swift needs, among the products:

                        .library(name: "\(name.module)", targets: ["\(name.module)"]),

                and among the targets:

                        .target(
                            name: "\(name.module)",
                            dependencies: ["AdapterHTTP", "CertProtocol", httpTypes],
                            packageAccess: false,
                            swiftSettings: settings
                        ),
                        .testTarget(
                            name: "\(name.module)Tests",
                            dependencies: [
                                "CertConformance", "CertProtocol", "HTTPTransport", "Host", "\(name.module)",
                            ],
                            exclude: ["Fixtures"],
                            swiftSettings: settings
                        ),

                Then it builds and passes as it is:

                  swift test --filter \(name.module)Tests

                The command offers it once "\(name.module)" is among its target's dependencies, and Surroundings.registry() in
                Sources/certhost/Session/Session.swift has one line more:

                            .\(name.member)(transport: transport),

                What the tests know of each adapter is theirs to be told, in Tests/DocumentationTests: ArchitectureTests.swift says
                what the module may import and where a secret is taken out, CapabilityColumns.swift has a column for it. Then make
                docs-tables writes its settings and capabilities into the documentation.

                \(steps(name))
                """
        )
    }

    /// A path as a shell takes it.
    private static func quoted(_ path: String) -> String {
        let isPlain = path.allSatisfy { $0.isLetter || $0.isNumber || "/._-+".contains($0) }
        return isPlain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
    }

    private static func steps(_ name: AdapterName) -> String {
        """
        What is made up is the API. Replace it by the authority's, and keep the tests green:

          1. Fixtures: the samples of its documentation, and Wire: their fields, each with its source.
          2. Mapping: what its fields and its words mean in the unified model.
          3. \(name.type)Settings, \(name.type)API: what an account needs, how a request is signed, the endpoints.
          4. \(name.type)Errors: its errors. Then declare and implement one operation after the other in \(name.type)Provider;
             the conformance suite says what each needs.

        The tutorial "Add a certificate authority" (make docs) goes through these files.

        """
    }

    /// What was written, and what to do next.
    var told: String {
        let paths = files.files.map { "  \($0.path)\n" }.joined()
        return "Written below \(files.folder.path):\n\n\(paths)\n\(next)"
    }
}
