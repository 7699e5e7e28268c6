internal import Foundation

/// What this process holds, as Linux tells; nothing where there is no `/proc`.
struct Footprint {
    /// Memory in use, in MiB.
    var memory: Double
    /// Open descriptors.
    var descriptors: Int
    /// Threads.
    var threads: Int

    static func now() -> Footprint? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        else { return nil }
        func value(_ name: String) -> Int? {
            status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
                .flatMap { $0.split { " \t".contains($0) }.dropFirst().first }.flatMap { Int($0) }
        }
        guard let memory = value("VmRSS"), let threads = value("Threads") else { return nil }
        return Footprint(memory: Double(memory) / 1024, descriptors: descriptors.count, threads: threads)
    }
}
