/// A place in a configuration file.
struct SourceMark: Sendable, Hashable {
    /// The file, as it was named.
    var file: String
    /// The line, from 1.
    var line: Int
    /// The column, from 1, in characters (Unicode scalars).
    var column: Int
}
