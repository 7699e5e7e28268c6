extension Rule {
    static let lists: [Rule] = []
}
