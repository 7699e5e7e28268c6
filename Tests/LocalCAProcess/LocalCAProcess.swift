import CertProtocol
import Foundation
import LocalCAAdapter

/// A process that orders from a local authority and may be killed while it does:
/// `LocalCAProcess DIRECTORY REQUEST COUNT PREFIX [LARGEST-FILE]`.
///
/// It writes `ready` before it begins, then `order ID SERIAL KEY` or `error CODE MESSAGE` for each of its orders. No file that it
/// writes gets larger than so many bytes, as on a disk that is full.
@main
struct LocalCAProcess {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 4, let count = Int(arguments[2]),
            let request = try? String(contentsOfFile: arguments[1], encoding: .utf8)
        else { exit(64) }
        if arguments.count > 4, let largest = rlim_t(arguments[4]) {
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: largest, rlim_max: largest)
            #if canImport(Glibc)
                setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            #else
                setrlimit(RLIMIT_FSIZE, &limit)
            #endif
        }
        do throws(CertificateError) {
            let provider = try AdapterFactory.localCA().make(
                SettingsValues(["directory": .string(arguments[0])]), AdapterContext(providerID: "local"))
            write("ready")
            for number in 0..<count {
                let key = "\(arguments[3])-\(number)"
                let contents = CertificateContents(signingRequest: request, commonName: "app.test")
                do throws(CertificateError) {
                    let receipt = try await provider.issue(
                        IssueRequest(product: "server", contents: contents), context: OperationContext(journalKey: key))
                    write("order \(receipt.orderID ?? "?") \(receipt.certificateID ?? "?") \(key)")
                } catch {
                    write("error \(error.code.rawValue) \(error.message)")
                }
            }
        } catch {
            write("error \(error.code.rawValue) \(error.message)")
        }
    }

    private static func write(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}
