extension Rule {
    static let time: [Rule] = []
}
