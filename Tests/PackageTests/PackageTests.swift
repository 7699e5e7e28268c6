import Testing

/// Packages that depend on this one, built and run as whoever made them would.
///
/// Each takes both processors for a minute or two, so they come one after the other, and `make test` runs them before all other
/// tests, some of which go by time. A dependency that can't be fetched must not hold up everything for ever.
@Suite("Packages of others", .serialized, .timeLimit(.minutes(30)))
enum PackageTests {}
