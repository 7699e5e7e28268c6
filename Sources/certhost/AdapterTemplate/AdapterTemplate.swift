/// A file of a new adapter, written for one that is called `example-ca`.
///
/// The files are texts of the command, so that a release that is one binary carries them. Those that are Swift read as Swift: in
/// place of markers they have the name, in the five spellings that it has.
struct AdapterTemplate: Sendable {
    /// Where the file belongs in the adapter's package.
    let path: String
    /// What stands in it, without the line break at its end.
    let text: String

    init(_ path: String, _ text: String) {
        self.path = path
        self.text = text
    }

    /// The file for an adapter of that name.
    func filled(for name: AdapterName) -> AdapterTemplate {
        AdapterTemplate(Self.renamed(path, name), Self.renamed(text, name))
    }

    /// The file with a piece of its text replaced.
    func replacing(_ piece: String, with other: String) -> AdapterTemplate {
        AdapterTemplate(path, text.replacing(piece, with: other))
    }

    private static func renamed(_ text: String, _ name: AdapterName) -> String {
        text.replacing("ExampleCA", with: name.type)
            .replacing("exampleCA", with: name.member)
            .replacing("Example CA", with: name.title)
            .replacing("EXAMPLE_CA", with: name.variable)
            .replacing("example-ca", with: name.text)
    }
}

extension AdapterTemplate {
    /// The module and its tests.
    private static let module: [AdapterTemplate] = [
        factory, settings, provider, api, errors, wireCertificate, wireList, wireOrder, mapStatus, mapCertificate,
        mapOrder, page, conformance, mappingTests, providerTests, registrationTests, account, fixtureReader, stubServer,
        listener, certificates, oddCertificates, order,
    ]

    /// The files of an adapter in a package of its own, which finds certhost there.
    static func package(_ name: AdapterName, certhost: CerthostDependency) -> [AdapterTemplate] {
        let manifest = package.filled(for: name).replacing("CERTHOST", with: certhost.arguments)
            .replacing("package: \"certhost\"", with: "package: \"\(certhost.identity)\"")
        return [manifest, ignored, format] + (module + [log]).map { $0.filled(for: name) }
    }

    /// The files of an adapter among those of certhost's own package. Its tests share their process with all others, and so
    /// can't have its logging system.
    static func inPackage(_ name: AdapterName) -> [AdapterTemplate] {
        module.map { file in
            file.replacing("        Log.record()\n", with: "")
                .replacing(
                    ".made { Log.lines }",
                    with: """
                        .withheld(
                                    because: "A process has one logging system, and all tests here share it."
                                )
                        """
                )
                .filled(for: name)
        }
    }
}
