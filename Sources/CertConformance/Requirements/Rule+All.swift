extension Rule {
    /// Every requirement, in the order of the documentation.
    static let all: [Rule] =
        capabilities + extras + lists + records + errors + time + mutations + lookups + secrecy + factories
}
