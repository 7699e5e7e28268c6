extension Rule {
    static let factories: [Rule] = []
}
