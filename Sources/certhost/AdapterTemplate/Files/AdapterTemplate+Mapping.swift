/// From what the API sends to the unified model.
extension AdapterTemplate {
    static let mapStatus = AdapterTemplate(
        "Sources/ExampleCAAdapter/Mapping/CertificateStatus+ExampleCA.swift",
        ##"""
        internal import CertProtocol

        extension CertificateStatus {
            /// The status that the API's word for a certificate or an order means (“States”). A word that nobody documented is kept.
            init(exampleCA word: String?) {
                self =
                    switch word {
                    case "requested": .pending
                    case "valid": .issued
                    case "revoked": .revoked
                    case "expired": .expired
                    default: .unknown(word ?? "")
                    }
            }
        }
        """##
    )

    static let mapCertificate = AdapterTemplate(
        "Sources/ExampleCAAdapter/Mapping/Certificate+ExampleCA.swift",
        ##"""
        internal import CertProtocol

        extension Certificate {
            /// A certificate of the API.
            ///
            /// - Parameters:
            ///   - certificate: the certificate.
            ///   - raw: the JSON that it was read from.
            ///   - provider: the id of the provider.
            init(_ certificate: ExampleCA.Certificate, raw: JSONValue, provider: String) {
                self.init(
                    provider: provider,
                    status: CertificateStatus(exampleCA: certificate.state),
                    providerStatus: certificate.state,
                    raw: raw
                )
                certificateID = String(certificate.id)
                orderID = certificate.orderID.map { String($0) }
                commonName = certificate.commonName
                dnsNames = certificate.names
                serialNumber = certificate.serial
                notBefore = certificate.validFrom
                notAfter = certificate.validTo
            }
        }
        """##
    )

    static let mapOrder = AdapterTemplate(
        "Sources/ExampleCAAdapter/Mapping/Order+ExampleCA.swift",
        ##"""
        internal import CertProtocol

        extension Order {
            /// An order of the API. A certificate of it that can't be read becomes a problem of the order.
            ///
            /// - Parameters:
            ///   - order: the order.
            ///   - raw: the JSON that it was read from.
            ///   - provider: the id of the provider.
            init(_ order: ExampleCA.Order, raw: JSONValue, provider: String) {
                self.init(
                    provider: provider,
                    orderID: String(order.id),
                    status: CertificateStatus(exampleCA: order.state),
                    providerStatus: order.state,
                    raw: raw
                )
                product = order.product
                createdAt = order.createdAt
                for row in order.certificates {
                    if let certificate = ExampleCA.Certificate(row) {
                        certificates.append(Certificate(certificate, raw: row, provider: provider))
                    } else {
                        problems.append(RowProblem(reason: "The certificate has no readable id.", raw: row))
                    }
                }
            }
        }
        """##
    )
}
