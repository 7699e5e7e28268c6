public import CertProtocol

/// What providers declare, side by side: for documentation that can't drift from the code.
///
/// The declarations are the providers' own, made by their factories; that they are true is what ``Conformance`` tries.
///
/// ```swift
/// let table = CapabilityTable([.init("Example CA", capabilities: provider.capabilities)])
/// print(table.markdown)
/// ```
public struct CapabilityTable: Sendable {
    /// One kind of provider: an adapter, in one of its variants.
    public struct Column: Sendable {
        /// The name that stands above it.
        public var name: String
        /// What it declares.
        public var capabilities: ProviderCapabilities

        /// A column.
        public init(_ name: String, capabilities: ProviderCapabilities) {
            self.name = name
            self.capabilities = capabilities
        }
    }

    /// The columns, from left to right.
    public var columns: [Column]

    /// A table.
    public init(_ columns: [Column]) { self.columns = columns }

    /// One row for each capability, `yes` where it is declared, as a Markdown table that ends with a line break.
    public var markdown: String {
        rows("capability", Capability.allCases.map { "`\($0.rawValue)`" }) { row, capabilities in
            capabilities.operations.contains(Capability.allCases[row]) ? "yes" : ""
        }
    }

    /// One row for each thing that belongs to a capability, such as the reasons of a revocation, as a Markdown table that ends
    /// with a line break.
    public var detailsMarkdown: String {
        let details: [(String, @Sendable (ProviderCapabilities) -> [String])] = [
            ("`order` looks up by", { $0.lookups.map(\.rawValue) }),
            ("rows of a page", { [$0.pageSize.map(String.init)].compactMap(\.self) }),
            ("`download` delivers", { $0.downloadFormats.map(\.rawValue) }),
            ("`revoke` reaches", { $0.revocationScopes.map(\.rawValue) }),
            ("`revoke` takes", { $0.revocationReasons.map(\.rawValue) }),
            (
                "`renew` needs a request",
                { $0.operations.contains(.renew) ? [$0.renewalNeedsRequest ? "yes" : "no"] : [] }
            ),
            ("ordered without a request", { $0.productsWithoutRequest }),
        ]
        return rows("detail", details.map(\.0)) { row, capabilities in
            details[row].1(capabilities).joined(separator: ", ")
        }
    }

    /// The whole of it as JSON, for programs: `{"variants":[{"name","capabilities":[…],"lookups":[…],"page_size",…}]}`.
    public var json: JSONNode {
        let variants = columns.map { column -> JSONNode in
            let capabilities = column.capabilities
            return .object([
                ("name", .string(column.name)),
                ("capabilities", .strings(capabilities.operations.elements.map(\.rawValue))),
                ("lookups", .strings(capabilities.lookups.map(\.rawValue))),
                ("page_size", .optional(capabilities.pageSize)),
                ("download_formats", .strings(capabilities.downloadFormats.map(\.rawValue))),
                ("revocation_scopes", .strings(capabilities.revocationScopes.map(\.rawValue))),
                ("revocation_reasons", .strings(capabilities.revocationReasons.map(\.rawValue))),
                ("revokes_by_key", .boolean(capabilities.revokesByKey)),
                ("renewal_needs_request", .boolean(capabilities.renewalNeedsRequest)),
                ("products_without_request", .strings(capabilities.productsWithoutRequest)),
            ])
        }
        return .object([("variants", .array(variants))])
    }

    private func rows(
        _ title: String, _ names: [String], _ cell: (Int, ProviderCapabilities) -> String
    ) -> String {
        var lines = [
            "| \(title) | " + columns.map(\.name).joined(separator: " | ") + " |",
            "|---|" + String(repeating: "---|", count: columns.count),
        ]
        for (row, name) in names.enumerated() {
            lines.append("| \(name) | " + columns.map { cell(row, $0.capabilities) }.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
