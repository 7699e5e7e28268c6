internal import Hummingbird

/// Lets each answer leave no earlier than a time after its request came. Requests wait beside each other.
///
/// The time that the answer takes to make is part of it, so that a client meets the same delay whatever it asks for.
struct Latency: RouterMiddleware {
    typealias Context = SandboxContext

    let delay: Duration

    @concurrent func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let due = ContinuousClock.now.advanced(by: delay)
        let response = try await next(request, context)
        try await Task.sleep(until: due, clock: .continuous)
        return response
    }
}
