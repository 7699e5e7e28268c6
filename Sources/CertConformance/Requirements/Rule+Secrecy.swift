extension Rule {
    static let secrecy: [Rule] = []
}
