import CASandbox
import CertProtocol
import Foundation
import Testing

/// That each fault really does what it says: the matrix would pass with faults that do nothing.
@Suite("Faults of the sandbox")
struct FaultTests {
    private static let list = "/order/certificate?limit=10&sort=order_id"

    private func withSandbox(orders: Int = 30, _ body: (CASandbox) async throws -> Void) async throws {
        let sandbox = try await CASandbox.start(options: SandboxOptions(orders: orders))
        do { try await body(sandbox) } catch {
            await sandbox.stop()
            throw error
        }
        await sandbox.stop()
    }

    private func ids(_ reply: Reply) throws -> [Int64] {
        (try reply.json.array("orders") ?? []).compactMap { $0.integer("id") }
    }

    @Test("a fault acts on the requests that were named, and on no others, until it is cleared")
    func scope() async throws {
        try await withSandbox { sandbox in
            sandbox.inject(.serverError(503), on: .path("/services/v2/product"), from: 1, times: 2)
            var statuses: [Int] = []
            for _ in 0..<4 {
                statuses.append(try await sandbox.digiCert("/product").status)
                #expect(try await sandbox.digiCert("/user/me").status == 200)
            }
            #expect(statuses == [200, 503, 503, 200])

            sandbox.inject(.serverError(500), on: .ncp)
            #expect(try await sandbox.digiCert("/product").status == 200)
            #expect(try await sandbox.ncp("/api/v1/certificates").status == 500)
            sandbox.clearFaults()
            #expect(try await sandbox.ncp("/api/v1/certificates").status == 200)
        }
    }

    @Test("Retry-After comes in seconds, as a date, or not at all")
    func retryAfter() async throws {
        try await withSandbox { sandbox in
            sandbox.inject(.tooManyRequests(retryAfter: .seconds(7)), times: 1)
            sandbox.inject(.tooManyRequests(retryAfter: .date(inSeconds: 3600)), from: 1, times: 1)
            sandbox.inject(.tooManyRequests(), from: 2, times: 1)
            var fields: [String?] = []
            for _ in 0..<3 {
                let reply = try await sandbox.digiCert("/product")
                #expect(reply.status == 429)
                fields.append(reply.headers["retry-after"])
            }
            #expect(fields[0] == "7")
            let date = try #require(fields[1].flatMap(Self.date))
            #expect((3590...3610).contains(date.timeIntervalSinceNow))
            #expect(fields[2] == nil)
        }
    }

    @Test("pages are clamped, repeat, and lack rows")
    func lists() async throws {
        try await withSandbox { sandbox in
            let all = try ids(try await sandbox.digiCert("/order/certificate?sort=order_id"))
            sandbox.inject(.clampedPages(4))
            let clamped = try await sandbox.digiCert(Self.list)
            #expect(try ids(clamped) == Array(all.prefix(4)))
            #expect(try clamped.json.object("page")?.integer("limit") == 4)
            sandbox.inject(.missingRows(3))
            let missing = try await sandbox.digiCert(Self.list)
            #expect(try ids(missing) == Array(all[3..<7]))
            #expect(try missing.json.object("page")?.integer("total") == Int64(all.count - 3))
            sandbox.inject(.repeatedPage)
            #expect(try ids(try await sandbox.digiCert(Self.list + "&offset=8")) == Array(all[3..<7]))

            sandbox.clearFaults()
            let target = "/api/v2/certificate/certificates?page=2&pageSize=5"
            let certificates = try await sandbox.ncp("/api/v2/certificate/certificates").json
                .array("sslCertificateList").map { $0.compactMap { $0.string("certificateNo") } }
            let numbers = try #require(certificates)
            sandbox.inject(.clampedPages(4))
            sandbox.inject(.missingRows(3))
            let page = try await sandbox.ncp(target).json.array("sslCertificateList") ?? []
            #expect(page.compactMap { $0.string("certificateNo") } == Array(numbers[7..<11]))
        }
    }

    @Test("an answer is bent as the fault says")
    func distortions() async throws {
        try await withSandbox { sandbox in
            let right = try await sandbox.digiCert(Self.list)
            func bent(_ fault: SandboxFault) async throws -> Reply {
                sandbox.clearFaults()
                sandbox.inject(fault)
                return try await sandbox.digiCert(Self.list)
            }
            func row(_ reply: Reply) throws -> JSONValue { try #require(try reply.json.array("orders")?.last) }

            #expect(try row(try await bent(.unknownFields))["x_sandbox_unknown"] != nil)
            #expect(try row(try await bent(.unknownStatuses)).string("status") == "sandbox_unknown")
            #expect(try row(try await bent(.numbersAsStrings))["id"]?.kind == .string)
            let empty = try row(try await bent(.nulls))
            #expect(empty["status"]?.isNull == true && empty["id"]?.kind == .number)
            #expect(try await bent(.total(.tooSmall)).json.object("page")?.integer("total") == 1)
            #expect(try await bent(.total(.tooBig)).json.object("page")?.integer("total") == 10_032)
            #expect(try await bent(.total(.missing)).json.object("page")?["total"] == nil)
            let nested = try await bent(.nesting(depth: 600))
            #expect(throws: JSONSyntaxError.self) { try nested.json }
            #expect(try JSONValue(parsing: nested.body, maximumDepth: 700)["orders"] != nil)
            #expect(try await bent(.truncated).body == Array(right.body.prefix(right.body.count / 2)))
            #expect(String(validating: try await bent(.invalidUTF8).body, as: UTF8.self) == nil)
            #expect(try await bent(.contentType("text/html")).headers["content-type"] == "text/html")
            let packed = try await bent(.gzip)
            #expect(packed.headers["content-encoding"] == "gzip" && packed.body.starts(with: [0x1F, 0x8B]))
            #expect(try await bent(.gzipBomb).body.count < 500_000)
        }
    }

    @Test("a skewed clock shows in Date and in what signatures are accepted; a revoked key is refused")
    func credentials() async throws {
        try await withSandbox { sandbox in
            #expect(try await sandbox.ncp("/api/v1/certificates").status == 200)
            sandbox.inject(.clockSkew(minutes: -10))
            let skewed = try await sandbox.ncp("/api/v1/certificates")
            #expect(skewed.status == 401)
            let date = try #require(skewed.headers["date"].flatMap(Self.date))
            #expect((-610 ... -590).contains(date.timeIntervalSinceNow))
            #expect(skewed.headers["x-sandbox-date"] == nil)
            sandbox.clearFaults()
            sandbox.inject(.revokedKey)
            #expect(try await sandbox.ncp("/api/v1/certificates").status == 401)
            #expect(try await sandbox.digiCert("/product").status == 403)
        }
    }

    @Test("a reset before or during the answer reaches the client as one")
    func resets() async throws {
        try await withSandbox { sandbox in
            for moment in [SandboxFault.Moment.beforeAnswer, .duringAnswer] {
                sandbox.clearFaults()
                sandbox.inject(.reset(moment))
                await #expect(throws: PlainClient.Failure.self) { try await sandbox.digiCert(Self.list) }
            }
        }
    }

    @Test("a sandbox with a hanging request stops all the same")
    func stopsWhileHanging() async throws {
        let sandbox = try await CASandbox.start()
        sandbox.inject(.hang)
        let client = Task { try? await sandbox.digiCert("/product") }
        while sandbox.requestCount == 0 { await Task.yield() }
        let clock = ContinuousClock()
        let start = clock.now
        await sandbox.stop()
        #expect(start.duration(to: clock.now) < .seconds(30))
        _ = await client.value
    }

    private static func date(_ text: String) -> Date? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return formatter.date(from: text)
    }
}
