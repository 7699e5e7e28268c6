public import CertProtocol

/// What one provider contributed to a list that several were asked for.
public struct ProviderOutcome: Sendable {
    /// How a provider ended.
    @nonexhaustive
    public enum Kind: String, Sendable, Hashable {
        /// Everything was read.
        case ok
        /// Something went wrong; what was read before that was delivered and counted.
        case failed
        /// The provider doesn't offer the operation. Nothing was sent.
        case unsupported
    }

    /// The id of the provider.
    public var provider: String
    /// How it ended.
    public var kind: Kind
    /// The records delivered.
    public var count: Int
    /// The rows that couldn't be read at all.
    public var problems: Int
    /// Certificates of the listed orders that the list doesn't show; `nil` where there are none.
    public var notListed: NotListed?
    /// Why it failed, or what it doesn't offer.
    public var error: CertificateError?
}

/// Something that happens while several providers are read.
public enum FanOutEvent<Item: Sendable>: Sendable {
    /// Records of one provider, in its order.
    case items([Item], provider: String)
    /// Rows of one provider that couldn't be read.
    case problems([RowProblem], provider: String)
    /// The end of one provider. Each provider that was asked has exactly one.
    case outcome(ProviderOutcome)
}

/// A list read from several providers at once, in order of arrival.
///
/// Each provider reads less than twice its `concurrency` in pages ahead of what the caller has taken. The end of iteration
/// comes after an ``FanOutEvent/outcome(_:)`` of every provider; no provider is left out silently. Dropping the iterator, or
/// cancelling its task, cancels what is under way. It can be iterated once; a second iteration is empty and sends nothing.
public struct FanOut<Item: Sendable>: AsyncSequence, Sendable {
    /// An event.
    public typealias Element = FanOutEvent<Item>
    /// Failures are outcomes, not errors.
    public typealias Failure = Never

    /// Hands over an event once there is room; `false` when nobody listens any more.
    typealias Emit = @Sendable (FanOutEvent<Item>) async -> Bool
    typealias Reader = @Sendable (_ emit: @escaping Emit) async -> Void

    private let readers: Once

    init(readers: [Reader]) { self.readers = Once(readers) }

    /// Starts reading.
    public func makeAsyncIterator() -> Iterator { Iterator(readers: readers.take()) }

    /// Gives the readers away to whoever comes first.
    private final class Once: Sendable {
        private let readers: Locked<[Reader]>

        init(_ readers: [Reader]) { self.readers = Locked(readers) }

        func take() -> [Reader] {
            readers.withLock { readers in
                defer { readers = [] }
                return readers
            }
        }
    }

    /// Delivers events as they arrive.
    public struct Iterator: AsyncIteratorProtocol {
        private let run: Run

        init(readers: [Reader]) { run = Run(readers: readers) }

        /// The next event; `nil` at the end.
        public mutating func next() async -> FanOutEvent<Item>? { await run.next() }

        /// The next event; `nil` at the end.
        public mutating func next(isolation actor: isolated (any Actor)?) async -> FanOutEvent<Item>? {
            await run.next()
        }
    }

    /// Ends the readers when the last copy of the iterator goes.
    private final class Run: Sendable {
        private let channel: Channel<FanOutEvent<Item>>
        private let task: Task<Void, Never>

        init(readers: [Reader]) {
            let channel = Channel<FanOutEvent<Item>>(capacity: Swift.max(1, readers.count))
            self.channel = channel
            task = Task {
                await withTaskGroup(of: Void.self) { group in
                    for reader in readers {
                        group.addTask { await reader { await channel.send($0) } }
                    }
                }
                channel.finish()
            }
        }

        /// A cancelled caller cancels the readers, and still gets their outcomes.
        func next() async -> FanOutEvent<Item>? {
            await withTaskCancellationHandler {
                await channel.receive()
            } onCancel: {
                task.cancel()
            }
        }

        deinit {
            task.cancel()
            channel.finish()
        }
    }
}
