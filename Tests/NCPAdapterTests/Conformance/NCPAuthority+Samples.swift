import CertConformance
import CertProtocol
import Foundation
import TestSupport

extension NCPAuthority {
    /// What each variant needs: those with v1 of the API list, register and delete, and the government's zone issues by itself.
    func samples() -> Samples {
        var samples = Samples()
        samples.importCertificate = .made { try await registration() }
        samples.delete = .made {
            let receipt = try await provider.importCertificate(try await registration(), context: context)
            return DeleteCertificateRequest(certificateID: receipt.certificateID ?? "")
        }
        guard variant == .publicV2 else {
            samples.issue = .made { privateOrder() }
            return samples
        }
        samples.orders = .made { [.order(try await issued("shop.example.kr").order)] }
        samples.missingOrder = .value(.order("999999999"))
        samples.download = .made {
            DownloadRequest(orderID: try await issued("shop.example.kr").order, format: .pem)
        }
        samples.domainValidations = .made {
            DomainValidationsRequest(orderID: try await placed("shop.example.kr").order)
        }
        samples.issue = .made { try await order("shop.example.kr") }
        samples.reissue = .made {
            ReissueRequest(
                orderID: try await issued("shop.example.kr").order, contents: try await contents("shop.example.kr"))
        }
        samples.extend = .made {
            ExtendRequest(orderID: try await issued("shop.example.kr").order, period: .years(1))
        }
        samples.revocations = .made {
            let (order, certificate) = try await issued("shop.example.kr")
            return [
                RevokeRequest(orderID: order, scope: .certificate(certificate), reason: .superseded),
                RevokeRequest(
                    orderID: try await issued("api.example.kr").order, scope: .wholeOrder, reason: .superseded),
            ]
        }
        samples.autoRenewal = .made {
            let contents = CertificateContents(signingRequest: "", commonName: "img.example.kr")
            let receipt = try await provider.issue(
                IssueRequest(product: "CLOUD_BASIC", contents: contents), context: context)
            return SetAutoRenewalRequest(certificateID: receipt.certificateID ?? "", isOn: true)
        }
        return samples
    }

    private var context: OperationContext { OperationContext(journalKey: "sample-\(UUID().uuidString)") }

    private func contents(_ name: String) async throws -> CertificateContents {
        CertificateContents(signingRequest: try await openssl.signingRequestAside(name).request, commonName: name)
    }

    private func order(_ name: String) async throws -> IssueRequest {
        IssueRequest(product: "NCP_PAID_DV_01", contents: try await contents(name))
    }

    private func privateOrder() -> IssueRequest {
        var contents = CertificateContents(signingRequest: "", commonName: "internal.example.kr")
        contents.validity = .days(90)
        return IssueRequest(product: "NCP_PRIVATE", contents: contents)
    }

    private func placed(_ name: String) async throws -> (order: String, certificate: String) {
        let receipt = try await provider.issue(try await order(name), context: context)
        return (receipt.orderID ?? "", receipt.certificateID ?? "")
    }

    /// An order whose certificate is there: the sandbox finds a proof at the second look.
    func issued(_ name: String) async throws -> (order: String, certificate: String) {
        let placed = try await placed(name)
        for _ in 0..<2 {
            _ = try await provider.checkDomainValidations(
                DomainValidationsRequest(orderID: placed.order), context: context)
        }
        return placed
    }

    /// A certificate that signs itself, under a name of its own.
    private func registration() async throws -> ImportCertificateRequest {
        let pair = try await openssl.signingRequestAside("external.example.kr")
        let printed = try openssl.run(
            ["x509", "-req", "-days", "30", "-signkey", try openssl.file(pair.key)], input: pair.request)
        let start = printed.firstRange(of: "-----BEGIN")?.lowerBound ?? printed.startIndex
        return ImportCertificateRequest(
            name: "external-\(UUID().uuidString.prefix(8))", certificatePEM: String(printed[start...]),
            privateKey: Secret(pair.key)
        )
    }
}
