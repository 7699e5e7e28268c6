extension Rule {
    static let records: [Rule] = []
}
