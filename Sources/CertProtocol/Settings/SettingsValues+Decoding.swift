extension SettingsValues {
    /// The values as a type of the adapter's own.
    ///
    /// The coding keys are the settings' names, or become them when written in snake_case (`baseURL` reads `base_url`).
    /// Texts, numbers and booleans become `String`, `Int`, `Bool` and enumerations of these, lengths of time `Duration`,
    /// addresses ``ServiceURL``, credentials a ``Secret`` under ``Credential``. What has no value is `nil`.
    ///
    /// ```swift
    /// struct ExampleSettings: Decodable {
    ///     @Credential var apiKey: Secret
    ///     var region: Region
    ///     var poll: Duration?
    /// }
    /// let settings = try values.decode(ExampleSettings.self)
    /// ```
    ///
    /// - Parameter type: the type.
    /// - Returns: a value of it.
    /// - Throws: `invalid_configuration`, naming the setting, where a value is missing or of another type: the declaration
    ///   and the type then disagree, since the values follow the declaration.
    public func decode<Settings: Decodable>(
        _ type: Settings.Type = Settings.self
    ) throws(CertificateError) -> Settings {
        do {
            return try Settings(from: SettingsDecoder(values: self))
        } catch let error as CertificateError {
            throw error
        } catch {
            throw CertificateError(.invalidConfiguration, SettingsDecoder.sentence(of: error))
        }
    }
}

/// A credential in a type that ``SettingsValues/decode(_:)`` gives. No other decoder can fill it: a credential enters by
/// reference only.
@propertyWrapper
public struct Credential: Decodable, Sendable {
    /// The credential.
    public let wrappedValue: Secret

    /// A credential that is known already.
    public init(wrappedValue: Secret) { self.wrappedValue = wrappedValue }

    /// Takes it from the values of settings.
    public init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? SettingDecoder, case .secret(let secret) = decoder.value else {
            throw DecodingError.typeMismatch(
                Secret.self, .init(codingPath: decoder.codingPath, debugDescription: "This is no credential."))
        }
        wrappedValue = secret
    }
}

extension ServiceURL: Decodable {
    /// Reads an address that is written as a text.
    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }
}
