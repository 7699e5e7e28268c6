internal import CertProtocol
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird

/// A request as a route sees it that changes something: its path parameters, its query, its body.
struct SandboxCall: Sendable {
    /// Longer bodies are refused; what is sent to a certificate authority is a few kilobytes.
    private static let longestBody = 1 << 20

    let query: QueryItems
    let parameters: Parameters
    /// The body; an empty object where it is none or isn't JSON, so that what is missing is said in the authority's way.
    let body: JSONValue
    /// When the request was answered.
    let now: Date

    init(_ request: Request, _ context: SandboxContext) async throws {
        let bytes = try await request.body.collect(upTo: Self.longestBody)
        body = (try? JSONValue(parsing: Array(bytes.readableBytesView))) ?? JSONValue([:])
        query = QueryItems(request.head.path ?? "")
        parameters = context.parameters
        now = Date()
    }

    /// A path parameter; the router has seen to it that it is there.
    subscript(_ name: String) -> String { parameters.get(name) ?? "" }
}

extension RouterGroup<SandboxContext> {
    /// Adds a route that reads the request's body and answers without waiting for anything else.
    func on(
        _ method: HTTPRequest.Method, _ path: RouterPath, answer: @escaping @Sendable (SandboxCall) throws -> Answer
    ) {
        on(path, method: method) { request, context -> Response in
            try answer(await SandboxCall(request, context)).response
        }
    }
}
