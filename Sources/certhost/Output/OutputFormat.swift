internal import ArgumentParser

/// A form that data is printed in.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case table, json, ndjson, csv

    /// Whether errors are printed as JSON too.
    var isJSON: Bool { self == .json || self == .ndjson }
}
