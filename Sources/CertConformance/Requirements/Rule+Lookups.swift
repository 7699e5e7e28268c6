extension Rule {
    static let lookups: [Rule] = []
}
