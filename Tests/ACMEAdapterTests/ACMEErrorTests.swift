import ACMEAdapter
import AdapterHTTP
import CertProtocol
import Foundation
import TestSupport
import Testing

/// Each row of the table beside ACMEErrors, and what stands in an error.
@Suite("ACME problems")
struct ACMEErrorTests {
    /// The rows of the table in the source's documentation: problem names, and the code.
    private static func table() throws -> [(name: String, code: String)] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/ACMEAdapter/ACMEErrors.swift")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        return lines.filter { $0.hasPrefix("/// | `") }.flatMap { line -> [(name: String, code: String)] in
            let cells = line.dropFirst(4).split(separator: "|").map(String.init)
            let names = DocumentationPage.code(cells[0]).filter { !["malformed", "unauthorized"].contains($0) }
            let code = DocumentationPage.code(cells[1])[0]
            return names.map { ($0, code) }
        }
    }

    /// The error that an order ends with where newOrder answers so.
    private func error(_ response: TransportResponse) async throws -> CertificateError {
        try await ACMEAccount.with { account in
            let stub = ACMEStub(["/new-order": { _ in response }])
            let provider = try account.provider(stub, clock: ManualClock().operationClock)
            let order = try account.request(["a.example"]).issue
            return try await certificateError { try await provider.issue(order, context: OperationContext()) }
        }
    }

    @Test("every problem of the table has its code, on a call that changes something")
    func everyRow() async throws {
        let rows = try Self.table()
        #expect(rows.count >= 20)
        for row in rows {
            let error = try await error(ACMEStub.problem(row.name))
            #expect(error.code.rawValue == row.code, "\(row.name)")
            #expect(error.providerCode == ACME.Problem.namespace + row.name)
            #expect(error.message.contains("the detail of \(row.name)") && error.httpStatus == 400, "\(row.name)")
            #expect(error.receipt == nil, "nothing was ordered")
        }
    }

    @Test(
        "what isn't in the table goes by its status",
        arguments: [
            (400, "malformed", "rejected"), (401, "malformed", "authentication"), (403, "other", "permission"),
            (401, "unauthorized", "authentication"), (403, "unauthorized", "permission"),
            (404, "malformed", "not_found"), (409, "other", "rejected"), (500, "serverInternal", "outcome_unknown"),
            (503, "rateLimited", "outcome_unknown"), (302, "malformed", "outcome_unknown"),
        ])
    func byStatus(_ status: Int, _ name: String, _ code: String) async throws {
        let error = try await error(ACMEStub.problem(name, status))
        #expect(error.code.rawValue == code && error.httpStatus == status)
        #expect(error.providerCode == ACME.Problem.namespace + name)
    }

    @Test("a limit of the server's says how long to wait, whatever its status", arguments: [429, 403])
    func rateLimit(_ status: Int) async throws {
        let error = try await error(ACMEStub.problem("rateLimited", status, headers: ["Retry-After": "3600"]))
        #expect(error.code == .rateLimited && error.retryAfter == .seconds(3600))
    }

    @Test("subproblems are told with the names that they are about")
    func subproblems() async throws {
        let urn = ACME.Problem.namespace
        let body = """
            {"type":"\(urn)compound","detail":"several","subproblems":[
            {"type":"\(urn)caa","detail":"forbidden","identifier":{"type":"dns","value":"a.example"}},
            {"type":"\(urn)rejectedIdentifier","identifier":{"type":"dns","value":"b.example"}}]}
            """
        let error = try await error(TransportResponse(403, body))
        #expect(error.code == .rejected && error.providerCode == urn + "compound")
        #expect(error.providerMessage == "several; a.example: forbidden (caa); b.example: rejectedIdentifier")
    }

    @Test("where a person has to act, it is said where")
    func userAction() async throws {
        let body = """
            {"type":"\(ACME.Problem.namespace)userActionRequired","detail":"new terms","instance":"https://acme.test/agree"}
            """
        let error = try await error(TransportResponse(403, body))
        #expect(error.code == .permission && error.message.contains("https://acme.test/agree"))
    }

    @Test("an answer that is no problem document is shown by its status", arguments: ["<html>busy</html>", "", "[]"])
    func noProblem(_ body: String) async throws {
        let error = try await error(TransportResponse(400, body))
        #expect(error.code == .rejected && error.providerCode == nil)
    }
}
