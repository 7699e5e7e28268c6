internal import AdapterHTTP
internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOPosix
internal import NIOSSL

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Tells from the errors of the libraries below how far a request had got.
struct FailureReader {
    let maximumBodyBytes: Int

    func failure(of error: any Error) -> TransportFailure {
        switch error {
        case let error as TransportFailure: error
        case is CancellationError: TransportFailure(.cancelled(wasSent: true), "cancelled")
        case let error as HTTPClientError: failure(of: error)
        case let error as NIOConnectionError: failure(of: error)
        case let error as NIOSSLError: failure(of: error)
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            TransportFailure(.tls, "its certificate is not for this host")
        case is NIOTooManyBytesError: tooLarge
        case let error as NIOHTTPDecompression.DecompressionError:
            if case .limit = error {
                tooLarge
            } else {
                TransportFailure(.malformed, "its compression cannot be undone")
            }
        case is NIOHTTPDecompression.ExtraDecompressionError:
            TransportFailure(.malformed, "its compression cannot be undone")
        case let error as HTTPParserError:
            error == .invalidEOFState
                ? TransportFailure(.connectionLost, "it was closed in the middle of the answer")
                : TransportFailure(.malformed, "\(error)")
        case let error as ChannelError:
            if case .connectTimeout = error {
                TransportFailure(.connect, "it took too long")
            } else {
                TransportFailure(.connectionLost, "it was closed")
            }
        case let error as IOError:
            switch error.errnoCode {
            case ECONNREFUSED, ENETUNREACH, EHOSTUNREACH: TransportFailure(.connect, Self.reason(of: error))
            default: TransportFailure(.connectionLost, Self.reason(of: error))
            }
        default: TransportFailure(.connectionLost, "unexpected failure of type \(type(of: error))")
        }
    }

    private var tooLarge: TransportFailure {
        TransportFailure(.bodyTooLarge, "more than \(maximumBodyBytes >> 20) MiB")
    }

    private func failure(of error: HTTPClientError) -> TransportFailure {
        switch error {
        case .connectTimeout: TransportFailure(.connect, "it took too long")
        case .tlsHandshakeTimeout: TransportFailure(.tls, "the handshake took too long")
        case .getConnectionFromPoolTimeout:
            TransportFailure(.deadline(wasSent: false), "no connection became free in time")
        case .proxyAuthenticationRequired: TransportFailure(.connect, "the proxy wants a password")
        case .invalidProxyResponse: TransportFailure(.connect, "the proxy refused")
        case .httpProxyHandshakeTimeout: TransportFailure(.connect, "the proxy took too long")
        case .deadlineExceeded, .readTimeout: TransportFailure(.deadline(wasSent: true), "the deadline passed")
        case .cancelled: TransportFailure(.cancelled(wasSent: true), "cancelled")
        case .remoteConnectionClosed: TransportFailure(.connectionLost, "it was closed by the other side")
        case .alreadyShutdown: TransportFailure(.connect, "the transport has been shut down")
        default: TransportFailure(.connectionLost, error.shortDescription)
        }
    }

    private func failure(of error: NIOConnectionError) -> TransportFailure {
        if let reached = error.connectionErrors.first {
            if let cause = reached.error as? IOError {
                return TransportFailure(.connect, Self.reason(of: cause))
            }
            return TransportFailure(.connect, "it took too long")
        }
        return TransportFailure(.nameLookup, "unknown name, or no name server")
    }

    private func failure(of error: NIOSSLError) -> TransportFailure {
        switch error {
        case .handshakeFailed(let cause):
            let text = "\(cause)"
            return text.contains("CERTIFICATE_VERIFY_FAILED")
                ? TransportFailure(.tls, "its certificate is not signed by a trusted authority")
                : TransportFailure(.tls, "the handshake failed")
        case .uncleanShutdown: return TransportFailure(.connectionLost, "it was closed in the middle of the answer")
        // A connection that was made can break in TLS too, with the request delivered.
        default: return TransportFailure(.connectionLost, "TLS failed")
        }
    }

    private static func reason(of error: IOError) -> String {
        switch error.errnoCode {
        case ECONNREFUSED: "refused"
        case ECONNRESET: "reset by the other side"
        case EPIPE: "closed by the other side"
        case ENETUNREACH, EHOSTUNREACH: "the network is unreachable"
        case ETIMEDOUT: "it took too long"
        default: "system error \(error.errnoCode)"
        }
    }
}
