/// Puts what providers deliver at the same time into their configured order: the first unfinished provider's output goes
/// straight out, that of the others waits.
struct OrderedOutput {
    private let order: [String]
    private var current = 0
    private var waiting: [String: Spool] = [:]
    private var finished: Set<String> = []
    private let write: ([UInt8]) -> Void

    init(order: [String], write: @escaping ([UInt8]) -> Void) {
        self.order = order
        self.write = write
    }

    mutating func append(_ chunk: [UInt8], from provider: String) {
        if current < order.count, order[current] == provider {
            write(chunk)
        } else {
            waiting[provider, default: Spool()].append(chunk)
        }
    }

    mutating func finish(_ provider: String) {
        finished.insert(provider)
        while current < order.count, finished.contains(order[current]) {
            current += 1
            guard current < order.count else { break }
            var spool = waiting.removeValue(forKey: order[current]) ?? Spool()
            spool.forEach(write)
        }
    }
}
