/// A line on the terminal that tells how far a long list has got; nothing where nobody would see it.
struct Progress {
    private let stream: StandardStream?
    private let start = ContinuousClock.now
    private var last = ContinuousClock.now
    private var counts: [(provider: String, count: Int)] = []
    private var isShown = false

    init(_ console: Console) {
        // Records that go to the same terminal as they arrive are progress enough.
        let streams = console.format != .table && console.output.isTerminal
        stream = console.error.isTerminal && !streams ? console.error : nil
    }

    mutating func add(_ count: Int, from provider: String) {
        guard let stream else { return }
        if let index = counts.firstIndex(where: { $0.provider == provider }) {
            counts[index].count += count
        } else {
            counts.append((provider, count))
        }
        let now = ContinuousClock.now
        guard now - start > .seconds(1), now - last > .milliseconds(200) else { return }
        last = now
        let text = counts.map { "\($0.provider) \($0.count)" }.joined(separator: ", ")
        stream.write("\r\u{1B}[K… \(text)")
        stream.flush()
        isShown = true
    }

    mutating func clear() {
        guard isShown, let stream else { return }
        stream.write("\r\u{1B}[K")
        stream.flush()
        isShown = false
    }
}
