internal import CertProtocol

/// Gathers the effective values while a configuration is decoded. It lives within one call and is never shared.
final class EffectiveRecorder {
    private static let redacted = "<redacted>"

    private(set) var effective = EffectiveConfiguration()
    private var indices: [ConfigurationPath: Int] = [:]

    /// Records a value, in place of an earlier one; without a mark it is a default.
    ///
    /// - Parameters:
    ///   - path: where it stands in the configuration.
    ///   - value: the value.
    ///   - kind: what may stand there, which decides what of it may be shown.
    ///   - written: what stands in the file.
    ///   - mark: where in the file.
    func record(
        _ path: ConfigurationPath, _ value: SettingValue, as kind: Setting.Kind, written: String? = nil,
        at mark: SourceMark?
    ) {
        let written = written.flatMap { $0.utf8.contains(UInt8(ascii: "$")) ? $0 : nil }
        let template = written.flatMap { try? ReferenceTemplate($0) }
        var reference = template?.hasReferences == true ? written.map(Self.withoutUser) : nil
        // Beside a credential nothing is shown but the name of where it comes from.
        if kind == .secret, template?.isOneReference != true || template?.hasFallback == true { reference = nil }
        var isText = true
        switch value {
        case .integer, .boolean: isText = false
        default: break
        }
        let shown = kind.isFreeText && kind != .secret ? reference ?? Self.text(of: value) : Self.text(of: value)
        insert(path, shown, reference: reference, isText: isText, at: mark)
    }

    /// Records a value that is not to be shown.
    func recordRedacted(_ path: ConfigurationPath, at mark: SourceMark?) {
        insert(path, Self.redacted, isText: true, at: mark)
    }

    /// Records a list with nothing in it.
    func recordEmptyList(_ path: ConfigurationPath, at mark: SourceMark?) {
        insert(path, "[]", isText: false, at: mark)
    }

    private func insert(
        _ path: ConfigurationPath, _ value: String, reference: String? = nil, isText: Bool, at mark: SourceMark?
    ) {
        let entry = EffectiveConfiguration.Entry(
            value: Self.withoutUser(value), origin: mark.map { "\($0.file):\($0.line)" } ?? "default",
            reference: reference, steps: path, isText: isText)
        if let index = indices[path] {
            effective.entries[index] = entry
        } else {
            indices[path] = effective.entries.count
            effective.entries.append(entry)
        }
    }

    private static func withoutUser(_ text: String) -> String {
        ConfigurationProblem.hasURLCredential(text) ? redacted : text
    }

    private static func text(of value: SettingValue) -> String {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .boolean(let value): String(value)
        case .serviceURL(let url): url.description
        case .duration(let duration): duration.text
        case .secret: redacted
        // A kind that is added later is shown once somebody has thought about it.
        @unknown default: redacted
        }
    }
}

extension Setting.Kind {
    /// Whether any text may stand there, so that a credential that was put into the wrong place would pass.
    var isFreeText: Bool {
        switch self {
        case .integer, .boolean, .choice, .duration, .durationWithin: false
        default: true
        }
    }
}
