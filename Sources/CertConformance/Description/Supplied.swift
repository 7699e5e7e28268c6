/// Something that the kit needs and only the author of a description knows: a value, or the reason why there is none.
///
/// What is left out is a failure of the requirement that needs it. A reason makes it "not applicable", and is shown.
public struct Supplied<Value: Sendable>: Sendable {
    enum Kind: Sendable {
        case missing
        case withheld(String)
        case made(@Sendable () async throws -> Value)
    }

    let kind: Kind

    private init(_ kind: Kind) { self.kind = kind }

    /// Nothing was said about it.
    public static var missing: Supplied { Supplied(.missing) }

    /// This value, each time.
    public static func value(_ value: Value) -> Supplied { Supplied(.made { value }) }

    /// A value that is made anew each time that the kit asks for it, such as an order that can be cancelled.
    public static func made(_ make: @escaping @Sendable () async throws -> Value) -> Supplied { Supplied(.made(make)) }

    /// There is none, for this reason: a sentence that a reader of the results understands.
    public static func withheld(because reason: String) -> Supplied { Supplied(.withheld(reason)) }
}

extension Supplied: ExpressibleByArrayLiteral where Value: RangeReplaceableCollection & ExpressibleByArrayLiteral {
    /// These values, each time.
    public init(arrayLiteral elements: Value.Element...) { self = .value(Value(elements)) }
}

extension Supplied {
    /// The value.
    ///
    /// - Parameter request: what the author has to do where nothing was said: "Give the kit … in `samples.issue`".
    /// - Returns: the value.
    /// - Throws: ``NotApplicable`` with the reason, or ``MissingPart`` with the request.
    func resolved(_ request: String) async throws -> Value {
        switch kind {
        case .missing: throw MissingPart(request: request)
        case .withheld(let reason): throw NotApplicable(reason: reason)
        case .made(let make):
            do {
                return try await make()
            } catch {
                throw Finding(
                    "The description of the authority failed when it was asked for a value: \(error). \(request)")
            }
        }
    }
}
