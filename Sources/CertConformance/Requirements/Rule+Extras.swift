extension Rule {
    static let extras: [Rule] = []
}
