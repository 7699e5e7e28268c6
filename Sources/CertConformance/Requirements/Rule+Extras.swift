internal import CertProtocol

/// What `ProviderCapabilities` says beyond the flags.
extension Rule {
    static let extras: [Rule] = [
        Rule(
            "extras.lookups", "each declared lookup finds its order, and others are refused without traffic",
            "`capabilities.lookups` tells the command which options `order` has.", .reads
        ) { try await $0.tryLookups() },
        Rule(
            "extras.page-size", "the size that a page is asked for is honoured, and `pageSize` is the largest",
            "The host counts on it for its memory and its look-ahead. An authority may count orders where rows are "
                + "certificates, so a page of two may have more rows than two, but not as many as a whole one.", .reads
        ) { try await $0.tryPageSize() },
        Rule(
            "extras.download-formats", "each declared format is delivered in its shape, and others are refused",
            "What a caller writes into a file has to be what the file's name says.", .reads
        ) { try await $0.tryFormats() },
        Rule(
            "extras.revocation-scopes", "each declared scope can be revoked, and others are refused without traffic",
            "A scope is never widened or narrowed: a revocation is final.", .mutates
        ) { try await $0.tryScopes() },
        Rule(
            "extras.revocation-reasons", "each declared reason is taken, and others are refused without traffic",
            "A reason that the authority doesn't offer is an error, never replaced by another.", .mutates
        ) { try await $0.tryReasons() },
        Rule(
            "extras.revocation-by-key", "the holder of a certificate's key can revoke it, where `revokesByKey` says so",
            "Whoever has found a key that leaked can end its use. The host refuses it elsewhere.", .mutates
        ) { try await $0.tryRevocationByKey() },
        Rule(
            "extras.renewal-request", "a renewal needs a signing request where `renewalNeedsRequest` says so",
            "The command asks for a key or a request only where one is needed.", .mutates
        ) { try await $0.tryRenewalRequest() },
        Rule(
            "extras.products-without-request",
            "a product whose key the authority makes is refused with a signing request",
            "The certificate would hold another key than the request's, and nobody would notice.", .mutates
        ) { try await $0.tryProductsWithoutRequest() },
    ]
}

extension Trial {
    /// Passes over a rule about an operation that isn't declared.
    func requireDeclared(_ capability: Capability) throws {
        guard capabilities.operations.contains(capability) else {
            throw NotApplicable(reason: "\(capability.rawValue) is not declared.")
        }
    }

    /// A call that isn't offered has to fail before anything reaches the authority.
    func refusesWithoutTraffic(_ call: PreparedCall, _ what: String) async throws {
        var error: CertificateError?
        let requests = try await requests {
            error = await failure { () throws(CertificateError) in
                try await call.perform(provider, context(key: Self.freshKey()))
            }
        }
        guard let error, error.code == .invalidRequest || error.code == .unsupported else {
            throw Finding(
                "\(what) is not offered, and \(call.name) \(told(error)). Throw `invalid_request` before anything is sent."
            )
        }
        if let requests, requests > 0 {
            throw Finding(
                "\(what) was refused only after \(requests) requests had reached the authority. Refuse before anything is "
                    + "sent."
            )
        }
    }

    fileprivate func tryLookups() async throws {
        guard capabilities.operations.contains(.orderDetail) else {
            guard capabilities.lookups.isEmpty else {
                throw Finding("`lookups` is not empty, and order-detail is not declared. Declare both or neither.")
            }
            throw NotApplicable(reason: "order-detail is not declared.")
        }
        guard !capabilities.lookups.isEmpty else {
            throw Finding("order-detail is declared, and `lookups` is empty. Say what an order can be looked up by.")
        }
        let known = try await knownOrders()
        for lookup in capabilities.lookups {
            guard let reference = known.first(where: { $0.lookup == lookup }) else {
                let request = "Add to `samples.orders` an order by its \(lookup.rawValue)."
                guard mode != .everything else { throw MissingPart(request: request) }
                note("the lookup by \(lookup.rawValue) was not tried: no order by it is known")
                continue
            }
            let order = try await read("order-detail by \(lookup.rawValue)") { () throws(CertificateError) in
                try await provider.orderDetail(OrderDetailRequest(reference), context: context())
            }
            if case .order(let id) = reference, order.orderID != id {
                throw Finding(
                    "The order \(id) was asked for, and \(order.orderID) came. Check what the answer is about.")
            }
        }
        for lookup in OrderLookup.allCases where !capabilities.lookups.contains(lookup) {
            try await refusesWithoutTraffic(Self.detail(Self.madeUp(lookup)), "The lookup by \(lookup.rawValue)")
        }
    }

    private static func madeUp(_ lookup: OrderLookup) -> OrderReference {
        switch lookup {
        case .serial: .serial("00C0FFEE")
        case .thumbprint: .thumbprint("00C0FFEE00C0FFEE00C0FFEE00C0FFEE00C0FFEE")
        default: .order("100000001")
        }
    }

    fileprivate func tryPageSize() async throws {
        try requireDeclared(.listCertificates)
        guard let largest = capabilities.pageSize else {
            throw NotApplicable(reason: "No page size is declared, so the list has no pages.")
        }
        let list = try await list(.listCertificates)
        var sizes: [Int] = []
        for size in [nil, Self.smallestPage] {
            let page = try await read("list-certificates") { () throws(CertificateError) in
                try await list.read(provider, nil, size, context())
            }
            sizes.append(page.items + page.problems.count)
        }
        guard sizes[0] <= largest else {
            throw Finding("`pageSize` is \(largest), and a page has \(sizes[0]) rows. Declare the right number.")
        }
        try requireSeveralRows(sizes[0])
        guard sizes[1] < sizes[0] else {
            throw Finding(
                "A page of \(Self.smallestPage) rows was asked for, and all \(sizes[1]) came. Send the size along, or declare no "
                    + "`pageSize`."
            )
        }
    }

    fileprivate func tryFormats() async throws {
        try requireDeclared(.download)
        guard !capabilities.downloadFormats.isEmpty else {
            throw Finding("download is declared, and `downloadFormats` is empty. Name the formats.")
        }
        // One certificate in all formats, so that they can be compared.
        var request = try await samples.download.resolved(asking("download", "a certificate to download"))
        var delivered: [DownloadFormat: [String]] = [:]
        for format in capabilities.downloadFormats {
            request.format = format
            let call = Self.download(request)
            let result = try await read(call.name) { () throws(CertificateError) in
                try await call.perform(provider, context())
            }
            guard case .download(let download) = result else { continue }
            try check(download, format)
            delivered[format] = download.certificatesPEM
        }
        let whole = delivered[.fullChain] ?? []
        guard
            whole.isEmpty || (delivered[.pem] ?? [whole[0]]) + (delivered[.chain] ?? Array(whole.dropFirst())) == whole
        else {
            throw Finding(
                "The formats of one certificate disagree: fullchain has to be what pem holds, followed by what chain holds."
            )
        }
        for format in DownloadFormat.allCases where !capabilities.downloadFormats.contains(format) {
            request.format = format
            try await refusesWithoutTraffic(Self.download(request), "The format \(format.rawValue)")
        }
    }

    private func check(_ download: CertificateDownload, _ format: DownloadFormat) throws {
        let certificates = download.certificatesPEM
        let name = "The download of \(format.rawValue)"
        guard download.format == format else {
            throw Finding("\(name) says that it is \(download.format.rawValue). Set `format` to what was asked for.")
        }
        guard format == .pkcs7 || certificates.allSatisfy({ PEMCertificate.all(in: $0)?.count == 1 }) else {
            throw Finding("\(name) has an element that is not one certificate in PEM. Give each its own element.")
        }
        let isRight =
            switch format {
            case .pem: certificates.count == 1
            case .chain: !certificates.isEmpty
            case .fullChain: certificates.count > 1 && Self.isChain(certificates)
            case .pkcs7: certificates.isEmpty && download.pkcs7PEM?.contains("-----BEGIN PKCS7-----") == true
            }
        guard isRight else {
            throw Finding(
                "\(name) has the wrong shape: \(certificates.count) certificates, "
                    + "\(download.pkcs7PEM == nil ? "no" : "a") PKCS #7 structure. See `DownloadFormat` for what each holds."
            )
        }
    }

    /// Whether the first certificate is the leaf, and each of the others signs the one before.
    static func isChain(_ certificates: [String]) -> Bool {
        let parsed = certificates.compactMap { PEMCertificate.all(in: $0)?.first }
        return parsed.count == certificates.count && parsed.chain() == parsed
    }
}
