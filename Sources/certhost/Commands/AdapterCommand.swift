internal import ArgumentParser
internal import CertProtocol
internal import Foundation
internal import Host

/// `certhost adapter`
struct AdapterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adapter", abstract: "Add another certificate authority.", subcommands: [New.self]
    )

    /// `certhost adapter new`
    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a new adapter: a package that builds and passes its tests as it is.",
            discussion: """
                The adapter lists certificates and shows orders, of a made-up API that a stub in its tests answers. It has the \
                files that every adapter has: factory, settings, provider, endpoints, errors, Wire and Mapping; fixtures, a \
                documentation page, and tests with the conformance suite, which tells what is missing at each step from there \
                to your authority's API.

                  certhost adapter new example-ca
                  cd example-ca-adapter && swift test

                The package depends on the checkout of certhost that it is written into, or that this command was built in; \
                --certhost names another, or a repository, which has to have a tag of this version or later. With --in-package \
                the files go among those of the checkout itself, and what its Package.swift needs is printed.

                No file is ever overwritten. Where one is in the way, nothing is written.
                """
        )

        @Argument(
            help: ArgumentHelp(
                "What adapter: in plugins.yaml will name it, such as example-ca. Types are called after it: ExampleCA.",
                valueName: "name"
            )
        )
        var name: String

        @Option(help: ArgumentHelp("The folder of the package; by default NAME-adapter here.", valueName: "folder"))
        var output: String?

        @Option(
            help: ArgumentHelp(
                "The certhost to depend on: the folder of a checkout, or the address of a repository.",
                valueName: "folder|url"
            )
        )
        var certhost: String?

        @Flag(help: "Write into the Sources and Tests of the checkout instead of a package of its own.")
        var inPackage = false

        func validate() throws {
            if inPackage, output != nil { throw ValidationError("--in-package and --output exclude each other.") }
            if inPackage, certhost?.contains("://") == true {
                throw ValidationError("--in-package writes into a checkout, so --certhost has to be its folder.")
            }
        }

        func run() async throws {
            let console = Console(format: .table)
            do throws(CertificateError) {
                let adapter = try await adapter()
                try adapter.files.write()
                console.output.write(adapter.told)
                console.output.flush()
            } catch {
                console.report(error)
                throw ExitCode(error.exitStatus)
            }
        }

        private func adapter() async throws(CertificateError) -> NewAdapter {
            let surroundings = Surroundings()
            let registry = Result { () throws(CertificateError) in try surroundings.registry() }
            await surroundings.close()
            let name = try AdapterName(name, taken: try registry.get().names)
            return inPackage
                ? .inPackage(name, of: try checkout(around: URL(filePath: ".").standardizedFileURL)) : try package(name)
        }

        private func package(_ name: AdapterName) throws(CertificateError) -> NewAdapter {
            let folder = URL(filePath: output ?? "\(name.text)-adapter").standardizedFileURL
            let dependency: CerthostDependency
            if let certhost, certhost.contains("://") || certhost.hasPrefix("git@") {
                dependency = CerthostDependency(url: certhost, from: Certhost.configuration.version)
            } else {
                dependency = CerthostDependency(checkout: try checkout(around: folder), for: folder)
            }
            return .package(name, in: folder, certhost: dependency)
        }

        /// The checkout that was named, or that can be found.
        private func checkout(around folder: URL) throws(CertificateError) -> URL {
            if let certhost {
                let named = URL(filePath: certhost).standardizedFileURL
                guard CerthostDependency.isCheckout(named) else {
                    throw CertificateError(
                        .invalidRequest,
                        "\(named.path) is no checkout of certhost: a Package.swift and Sources/CertProtocol are expected there."
                    )
                }
                return named
            }
            guard let found = CerthostDependency.checkout(around: folder) else {
                throw CertificateError(
                    .invalidRequest,
                    "No checkout of certhost is around \(folder.path), nor around this command. Name one, or the address of "
                        + "certhost's repository, with --certhost."
                )
            }
            return found
        }
    }
}
