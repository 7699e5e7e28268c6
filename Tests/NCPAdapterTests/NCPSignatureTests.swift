import AdapterHTTP
import CertProtocol
import FoundationEssentials
import HTTPTypes
import Testing

@testable import NCPAdapter

struct NCPSignatureTests {
    /// A request and the signature that it has to have.
    struct Vector: Sendable, CustomTestStringConvertible {
        var accessKey = "TESTACCESSKEY0000001"
        var secretKey = "TestSecretKey/With+Base64=Chars"
        var timestamp = "1772327730000"
        var method = "GET"
        var target: String
        var signature: String

        var testDescription: String { "\(method) \(target)" }

        var computed: String {
            NCPCredential(accessKey: Secret(accessKey), secretKey: Secret(secretKey))
                .signature(method: method, target: target, timestamp: timestamp)
        }
    }

    /// The first two are from the test suites of public clients; the others were computed apart, with openssl and Python.
    static let vectors: [Vector] = [
        Vector(
            accessKey: "TestAccessKey", secretKey: "TestSecretKey", timestamp: "1234567890123",
            target: "/vserver/v2/getServerInstanceList?responseFormatType=json",
            signature: "FPsYYX8fuMAgi+cue3eACOW0dNtIwu1LYWfg/megA2M="
        ),
        Vector(
            accessKey: "AK_TEST", secretKey: "SK_TEST", timestamp: "1700000000000", method: "POST",
            target: "/vserver/v2/createServerInstances?regionCode=KR",
            signature: "xBcE26XFU55BMjppdPT7ZY3oDrqoOedfPyAn3Cq4lUw="
        ),
        Vector(
            target: "/api/v2/certificate/getPaidCertificates",
            signature: "E9ent2SgstGKIgzlBdISh1H7qfETqU6yINk65RLa9VY="
        ),
        Vector(
            target: "/api/v2/certificate/getPaidCertificates?page=1&pageSize=20",
            signature: "TYrFW7TLZ2rayA6aKD6v+BkampItsiVIO0gO/y8RDLM="
        ),
        Vector(
            target: "/api/v2/certificate/getPaidCertificates?pageSize=20&page=1",
            signature: "b4u6/B3EGMZ9eHYyVakIWrUx3kEp4rlXnP72CHsSWyc="
        ),
        Vector(
            target: "/api/v2/certificate/getVerificationInfo/55332?domainAddress=ncloud.com",
            signature: "FubQtpkpj80eD8wXZ+LA33CkJisb4iHt0oQMqKoRcYo="
        ),
        Vector(
            method: "DELETE", target: "/api/v1/certificate/30728?certificateName=zero-certi",
            signature: "QGeDSuzyqe21E/EnK/sPYw2a0vsJ6zPXCeUq/KDGBGE="
        ),
        Vector(target: "/api/v1/certificates", signature: "/JdyCI4sJO43X6EPCrWXWdXa+vp/Gwl5VbpLCo0cen0="),
        Vector(
            target: "/api/v1/certificates?certificateName=a%20b",
            signature: "1VL2EZSrV91XW7UE3pTfHqAykmL1ASKFkEXXk4BuJt8="
        ),
        Vector(
            target: "/api/v1/certificates?certificateName=a+b",
            signature: "gOnZiyNKVZso6xPXQLBYFgHZVLS51R1g/+kxTKlVEhg="
        ),
        Vector(
            target: "/api/v1/certificates?certificateName=", signature: "593sWPlve9UZ3EGwRU1Sqy6cIZJnGWvpMt+OZHWczQ0="
        ),
        Vector(
            target: "/api/v1/certificates?certificateName", signature: "vdQZ0hrlt8LYSPaZGs+C0SLHK9V8VO1YvE64cbrW3js="
        ),
        Vector(
            target: "/api/v1/certificates?certificateName=%EC%9D%B8%EC%A6%9D%EC%84%9C",
            signature: "Wy/e8Wp/onigaQqTsdXPX6EzOquOUZIuUk3SrrkRMxU="
        ),
        Vector(
            method: "POST", target: "/api/v2/certificate/revoke",
            signature: "lZOfr/R2heF3hXy3K1BxWPoyEUjKG2/cFb+DpJwYZQ0="
        ),
        Vector(
            target: "/api/v2/certificate/recentChanges?startDateTime=2026-03-01T00%3A00%3A00"
                + "&endDateTime=2026-03-02T00%3A00%3A00",
            signature: "RTNTVqRt0/fXz9b8c3mpQFd7NcC5V6oLJTMxHERXqJQ="
        ),
    ]

    /// What signers with a known mistake produce for the third vector and for the Korean name.
    static let mistakes: [(mistake: String, signature: String)] = [
        ("a line feed at the end", "uB6Mn3VFGKQqG3SCjY9tBzWXBeRro6eb9r+ub21Me0w="),
        ("the timestamp in seconds", "oTshLOJQeL/HDITT6VHbyPI+eHU2Lqcw5NEyBhsOQWk="),
        ("the query not encoded", "+sf3uH8Dchw/nn6buEooqQIG/ACWHHywiMGNZ7GX4SA="),
    ]

    @Test("the signature is the one that others compute for the same bytes", arguments: vectors)
    func signsAsOthersDo(vector: Vector) {
        #expect(vector.computed == vector.signature)
    }

    @Test("no request gets the signature of a signer with a known mistake", arguments: mistakes)
    func makesNoKnownMistake(mistake: String, signature: String) {
        #expect(!Self.vectors.map(\.computed).contains(signature))
    }

    @Test("the mistakes are those: the same mistakes lead to the published values")
    func mistakesAreReproduced() {
        let path = "/api/v2/certificate/getPaidCertificates"
        #expect(
            Vector(timestamp: "1772327730", target: path, signature: "").computed == Self.mistakes[1].signature
        )
        #expect(
            Vector(target: "/api/v1/certificates?certificateName=인증서", signature: "").computed
                == Self.mistakes[2].signature
        )
        // The access key is the message's last line: a line feed after it is a line feed at the end.
        let withLineFeed = NCPCredential(
            accessKey: Secret("TESTACCESSKEY0000001\n"), secretKey: Secret("TestSecretKey/With+Base64=Chars")
        )
        #expect(
            withLineFeed.signature(method: "GET", target: path, timestamp: "1772327730000")
                == Self.mistakes[0].signature
        )
    }

    @Test("a request carries what the gateway demands, and is signed over exactly the target sent")
    func headersOfARequest() async throws {
        let transport = RecordingTransport(.nothing)
        let provider = try Account().provider(transport)
        _ = try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())

        let head = try #require(transport.requests.first?.head)
        #expect(head.method == .get)
        #expect(head.scheme == "https")
        #expect(head.authority == "certificatemanager.apigw.ntruss.com")
        #expect(head.path == "/api/v2/certificate/getPaidCertificates?page=1&pageSize=100")
        #expect(head.headerFields[named: "x-ncp-apigw-timestamp"] == "1772327730000")
        #expect(head.headerFields[named: "x-ncp-iam-access-key"] == Account.accessKey)
        #expect(head.headerFields[.contentType] == "application/json")
        #expect(head.headerFields[.accept] == "application/json")
        try expectSigned(head)
    }

    @Test("each attempt is signed anew: a retry ten minutes later carries the time of then", arguments: [500, 503])
    func retryCarriesItsOwnTime(status: Int) async throws {
        let transport = RecordingTransport { number, _ in
            number == 1 ? CannedAnswer(status, headers: [.retryAfter: "600"]) : .nothing
        }
        let provider = try Account(retries: 1).provider(transport)
        _ = try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())

        let heads = transport.requests.map(\.head)
        #expect(heads.map { $0.headerFields[named: "x-ncp-apigw-timestamp"] } == ["1772327730000", "1772328330000"])
        #expect(Set(heads.map { $0.headerFields[named: "x-ncp-apigw-signature-v2"] }).count == 2)
        for head in heads { try expectSigned(head) }
    }

    private func expectSigned(_ head: HTTPRequest, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let vector = Vector(
            accessKey: Account.accessKey, secretKey: Account.secretKey,
            timestamp: try #require(head.headerFields[named: "x-ncp-apigw-timestamp"]),
            method: head.method.rawValue, target: try #require(head.path), signature: ""
        )
        #expect(
            head.headerFields[named: "x-ncp-apigw-signature-v2"] == vector.computed, sourceLocation: sourceLocation
        )
    }
}
