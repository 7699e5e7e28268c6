/// `--generate-key [ALG]`: an option whose value may be left out, which the argument parser has no notion of.
enum OptionalValue {
    /// The arguments with the value that is meant written out.
    ///
    /// What follows the option is its value unless it is another option or an order (`digicert/123`); no kind of key has a slash.
    static func filled(
        in arguments: [String], option: String = "--generate-key", with value: String
    ) -> [String] {
        var filled: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            filled.append(argument)
            if argument == "--" { return filled + rest }
            guard argument == option else { continue }
            if let next = rest.first, !next.hasPrefix("-"), !next.contains("/") { continue }
            filled[filled.count - 1] = "\(option)=\(value)"
        }
        return filled
    }
}
