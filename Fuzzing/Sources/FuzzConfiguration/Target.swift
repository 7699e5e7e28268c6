import Dispatch

/// What libFuzzer calls with each input: the bytes of a configuration file.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let isDone = DispatchSemaphore(value: 0)
    // On a thread of the executor, whose stack is smaller than that of the main thread, as in a service.
    Task.detached {
        await Judge.shared.judge(bytes)
        isDone.signal()
    }
    isDone.wait()
    return 0
}
