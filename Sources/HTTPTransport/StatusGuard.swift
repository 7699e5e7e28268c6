internal import AdapterHTTP
internal import NIOCore
internal import NIOHTTP1

/// Turns away answers whose status is no number between 100 and 599 before anything else sees them.
///
/// AsyncHTTPClient takes the head of an answer with the status `000` for an informational one and ends the process when a body
/// follows. What comes from outside must not be able to do that.
final class StatusGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPClientResponsePart

    /// Puts a guard right behind the decoder of a connection.
    static func install(in channel: any Channel) -> EventLoopFuture<Void> {
        channel.eventLoop.submit {
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
            try pipeline.addHandler(StatusGuard(), position: .after(decoder))
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data), !(100...599).contains(head.status.code) {
            context.fireErrorCaught(TransportFailure(.malformed, "\(head.status.code) is no status"))
            context.close(promise: nil)
            return
        }
        context.fireChannelRead(data)
    }
}
