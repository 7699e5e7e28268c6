internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Lets an answer choose its own `Date`, which Hummingbird otherwise writes last.
final class ServerDate: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Carries the date to this handler, and never leaves the process.
    static let field = HTTPField.Name("x-sandbox-date")

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data), let field = Self.field,
            let date = head.headerFields[field]
        else {
            context.write(data, promise: promise)
            return
        }
        head.headerFields[field] = nil
        head.headerFields[.date] = date
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }
}
