internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A blocking TCP connection on loopback, for a thread of its own.
struct Connection {
    struct Broken: Error {}

    private let handle: Int32

    init(accepting listener: Int32) throws {
        handle = accept(listener, nil, nil)
        guard handle >= 0 else { throw Broken() }
    }

    init(port: Int) throws {
        handle = Self.makeSocket()
        let status = Self.withAddress(port: port) { connect(handle, $0, $1) }
        guard handle >= 0, status == 0 else { throw Broken() }
    }

    /// Listens on any free port; the socket and the port.
    static func listen() throws -> (listener: Int32, port: Int) {
        let listener = makeSocket()
        guard withAddress(port: 0, { bind(listener, $0, $1) }) == 0, systemListen(listener) == 0 else { throw Broken() }
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
        }
        return (listener, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// What has come, at least a byte; empty at the end.
    func read() throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            let received = recv(handle, buffer.baseAddress, buffer.count, 0)
            guard received >= 0 else { throw Broken() }
            count = received
        }
    }

    func write(_ bytes: ArraySlice<UInt8>) throws {
        var rest = bytes
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(handle, $0.baseAddress, $0.count, Self.noSignal) }
            guard sent > 0 else { throw Broken() }
            rest = rest.dropFirst(sent)
        }
    }

    func close() { _ = systemClose(handle) }

    /// Closes so that the other side sees a reset.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(handle, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        close()
    }

    #if canImport(Glibc)
        private static let noSignal = Int32(MSG_NOSIGNAL)
        private static func makeSocket() -> Int32 { socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }
    #else
        private static let noSignal: Int32 = 0
        private static func makeSocket() -> Int32 { socket(AF_INET, SOCK_STREAM, 0) }
    #endif

    private static func withAddress(port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

private func systemClose(_ handle: Int32) -> Int32 { close(handle) }

private func systemListen(_ handle: Int32) -> Int32 { listen(handle, 128) }
