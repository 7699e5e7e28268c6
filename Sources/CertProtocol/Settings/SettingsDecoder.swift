/// Reads the values of settings, by name, into a type.
struct SettingsDecoder: Decoder {
    let values: SettingsValues
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(SettingsContainer<Key>(values: values.values))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Self.unlike([], "Settings are no list.") }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        throw Self.unlike([], "Settings are no single value.")
    }

    static func unlike(_ path: [any CodingKey], _ words: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: path, debugDescription: words))
    }

    /// What went wrong, without the value.
    static func sentence(of error: any Error) -> String {
        switch error as? DecodingError {
        case .keyNotFound(let key, _): "The setting \(name(of: key)) is missing."
        case .valueNotFound(let type, let context), .typeMismatch(let type, let context):
            "The setting \(context.codingPath.first.map(name) ?? "") is not of the type \(type)."
        case .dataCorrupted(let context):
            "The setting \(context.codingPath.first.map(name) ?? "") has a value that its type doesn't know."
        default: "The settings can't be read: \(error)."
        }
    }

    /// The name of a setting: the key in snake_case, where a run of capitals is one word.
    static func name(of key: any CodingKey) -> String {
        var name = ""
        let letters = Array(key.stringValue)
        for (index, letter) in letters.enumerated() {
            let before = index > 0 ? letters[index - 1] : "_"
            let after = index + 1 < letters.count ? letters[index + 1] : "A"
            let startsWord = letter.isUppercase && before != "_" && (!before.isUppercase || after.isLowercase)
            name += (startsWord ? "_" : "") + letter.lowercased()
        }
        return name
    }
}

/// The settings as a keyed container.
private struct SettingsContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let values: [String: SettingValue]
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { values.keys.sorted().compactMap(Key.init(stringValue:)) }

    func contains(_ key: Key) -> Bool { values[SettingsDecoder.name(of: key)] != nil }

    func decodeNil(forKey key: Key) throws -> Bool { !contains(key) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try decoder(key).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try decoder(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { throw SettingsDecoder.unlike([], "Settings have no parent.") }

    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }

    private func decoder(_ key: Key) throws -> SettingDecoder {
        guard let value = values[SettingsDecoder.name(of: key)] else {
            throw DecodingError.keyNotFound(key, .init(codingPath: [key], debugDescription: "There is no value."))
        }
        return SettingDecoder(value: value, codingPath: [key])
    }
}

/// Reads the value of one setting.
struct SettingDecoder: Decoder, SingleValueDecodingContainer {
    let value: SettingValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw SettingsDecoder.unlike(codingPath, "A setting has no parts.")
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw SettingsDecoder.unlike(codingPath, "A setting is no list.")
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let value = plain as? Value { return value }
        // Numbers and texts have been tried; from here on the type takes itself from one of them.
        if Value.self is any FixedWidthInteger.Type || Value.self is String.Type || Value.self is Bool.Type
            || Value.self is Duration.Type || Value.self is any BinaryFloatingPoint.Type
        {
            throw DecodingError.typeMismatch(type, .init(codingPath: codingPath, debugDescription: "another type"))
        }
        return try Value(from: self)
    }

    /// The value as itself. A credential has none that is decodable.
    private var plain: (any Sendable)? {
        switch value {
        case .string(let text): text
        case .integer(let number): number
        case .boolean(let value): value
        case .duration(let duration): duration
        case .serviceURL(let url): url
        case .secret: nil
        }
    }
}
