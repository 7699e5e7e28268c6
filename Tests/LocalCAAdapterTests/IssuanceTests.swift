import CertProtocol
import Foundation
import TestSupport
import Testing

/// What is issued, with `openssl` as the judge.
@Suite("What a local CA issues")
struct IssuanceTests {
    private static let keys: [[String]] = [
        LocalFolder.elliptic, ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"], ["rsa:2048"],
    ]

    @Test(
        "a certificate for each kind of key verifies against root.pem, and is for the key that was sent",
        arguments: keys)
    func issued(key: [String]) async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            let request = try folder.order("app.test", ["www.app.test", "APP.test"], key: key)
            let receipt = try await provider.issue(request, context: OperationContext(journalKey: "first"))
            #expect(receipt.state == .issued && receipt.journalKey == "first" && receipt.orderID == "1")
            #expect(receipt.certificatesPEM.count == 2)
            try folder.openSSL.verify(receipt.certificatesPEM, root: folder.text("root.pem"))
            let leaf = try #require(receipt.certificatesPEM.first)
            let asked = try folder.openSSL.run(
                ["req", "-noout", "-pubkey", "-in", folder.openSSL.file(request.contents.signingRequest)])
            #expect(try folder.describe(leaf, "-pubkey") == asked)
            #expect(try folder.describe(leaf, "-serial") == "serial=\(receipt.certificateID ?? "")\n")
            let names = try folder.describe(leaf, "-ext", "subjectAltName,extendedKeyUsage,keyUsage")
            #expect(names.contains("DNS:app.test, DNS:www.app.test\n"))
            #expect(names.contains("TLS Web Server Authentication\n"))
            #expect(names.contains("Digital Signature\n"))
        }
    }

    @Test("the products differ in what they are for")
    func products() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            let listed = try await provider.listProducts(ListProductsRequest(), context: OperationContext())
            #expect(listed.items.map(\.product) == ["server", "client", "peer"])
            for (product, purposes) in [
                "server": ["sslserver"], "client": ["sslclient"], "peer": ["sslserver", "sslclient"],
            ] {
                let order = try folder.order(product: product)
                let chain = try await provider.issue(order, context: OperationContext()).certificatesPEM
                let text = try folder.describe(chain[0], "-purpose")
                for purpose in ["sslserver": "SSL server", "sslclient": "SSL client"] {
                    #expect(text.contains("\(purpose.value) : \(purposes.contains(purpose.key) ? "Yes" : "No")\n"))
                }
            }
            let other = try folder.order(product: "ssl_plus")
            let error = await failure { () throws(CertificateError) in
                try await provider.issue(other, context: OperationContext())
            }
            #expect(error?.code == .rejected && error?.providerCode == "unknown_product")
            #expect(error?.message.contains("server, client, peer") == true)
        }
    }

    @Test(
        "the authority is a root and an intermediate below which there is none, and keeps the intermediate's key only")
    func authority() async throws {
        try await LocalFolder.with { folder in
            let receipt = try await folder.provider().issue(try folder.order(), context: OperationContext())
            let described = try [folder.text("root.pem"), receipt.certificatesPEM[1]].map {
                try folder.describe($0, "-text")
            }
            for (text, length) in zip(described, [1, 0]) {
                #expect(text.contains("CA:TRUE, pathlen:\(length)"))
                #expect(text.contains("Certificate Sign, CRL Sign\n"))
                #expect(text.contains("for development only"))
            }
            let keys = try folder.files().filter { (try? folder.text($0).contains("PRIVATE KEY")) == true }
            #expect(keys == ["authority.pem"])
            let key = try folder.openSSL.run(["pkey", "-in", folder.file("authority.pem"), "-pubout"])
            #expect(try folder.describe(receipt.certificatesPEM[1], "-pubkey") == key)
            #expect(try folder.describe(folder.text("root.pem"), "-pubkey") != key)
        }
    }

    @Test("a name of its own per machine: two authorities are told apart, and each is told of when it is made, once")
    func twoAuthorities() async throws {
        try await LocalFolder.with { first in
            try await LocalFolder.with { second in
                var subjects: Set<String> = []
                for folder in [first, second] {
                    let notices = Locked<[String]>([])
                    let context = OperationContext(observe: { event in
                        if case .notice(let text) = event { notices.withLock { $0.append(text) } }
                    })
                    for _ in 0..<2 { _ = try await folder.provider().issue(try folder.order(), context: context) }
                    #expect(notices.withLock(\.count) == 1)
                    #expect(notices.withLock(\.first)?.contains(folder.file("root.pem")) == true)
                    subjects.insert(try folder.describe(folder.text("root.pem"), "-subject"))
                }
                #expect(subjects.count == 2)
            }
        }
    }

    @Test("a renewal is an order of its own: with a new key, or without a signing request with the key that there was")
    func renewal() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            #expect(!provider.capabilities.renewalNeedsRequest)
            let first = try await provider.issue(try folder.order(), context: OperationContext())
            var issue = try folder.order()
            let renewed = try await provider.renew(
                RenewRequest(orderID: "1", issue: issue), context: OperationContext())
            issue.contents.signingRequest = ""
            let again = try await provider.renew(RenewRequest(orderID: "1", issue: issue), context: OperationContext())
            let keys = try [first, renewed, again].map { try folder.describe($0.certificatesPEM[0], "-pubkey") }
            #expect(keys[0] != keys[1] && keys[0] == keys[2])
            let order = try await provider.orderDetail(OrderDetailRequest(.order("3")), context: OperationContext())
            #expect(order.isRenewal == true && order.renewedOrderID == "1" && order.status == .issued)
            // A key that was given up is not used again.
            _ = try await provider.revoke(
                RevokeRequest(orderID: "1", scope: .wholeOrder, reason: .keyCompromise), context: OperationContext())
            let request = RenewRequest(orderID: "1", issue: issue)
            let error = await failure { () throws(CertificateError) in
                try await provider.renew(request, context: OperationContext())
            }
            #expect(error?.code == .rejected && error?.providerCode == "revoked")
            // Order 3 has the same key: neither it nor a new order goes on with that.
            let third = RenewRequest(orderID: "3", issue: issue)
            let other = await failure { () throws(CertificateError) in
                try await provider.renew(third, context: OperationContext())
            }
            #expect(other?.providerCode == "key_compromised")
        }
    }

    @Test("every form of download is one that openssl reads")
    func downloads() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            let chain = try await provider.issue(try folder.order(), context: OperationContext()).certificatesPEM
            for (format, expected) in [
                DownloadFormat.pem: [chain[0]], .chain: [chain[1]], .fullChain: chain,
            ] {
                let download = try await provider.download(
                    DownloadRequest(orderID: "1", format: format), context: OperationContext())
                #expect(download.certificatesPEM == expected && download.format == format)
            }
            let bag = try await provider.download(
                DownloadRequest(orderID: "1", format: .pkcs7), context: OperationContext())
            let printed = try folder.openSSL.run(
                ["pkcs7", "-print_certs", "-in", folder.openSSL.file(bag.pkcs7PEM ?? "")])
            for certificate in chain { #expect(printed.contains(certificate)) }
            let error = await failure { () throws(CertificateError) in
                try await provider.download(
                    DownloadRequest(orderID: "1", certificateID: "0A", format: .pem), context: OperationContext())
            }
            #expect(error?.code == .notFound)
        }
    }
}
