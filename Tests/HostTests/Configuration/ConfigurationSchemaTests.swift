import CertProtocol
import Foundation
import Host
import TestSupport
import Testing

/// The JSON Schema beside the loader: it refuses nothing that the loader takes in any environment.
@Suite(
    .enabled(if: SchemaJudge.isAvailable, "Python's jsonschema and ruamel.yaml are missing; `make test` installs them"))
struct ConfigurationSchemaTests {
    private static let provider = "providers: {a: {adapter: acme, settings: {api_key: '${env:KEY}'}}}"

    private static func schema(_ scope: ConfigurationSchema.Scope = .file) throws -> JSONNode {
        ConfigurationSchema(registry: try ConfigurationFixture.registry(), scope: scope).node
    }

    /// Whether the loader takes a file in some environment, its own values included.
    private static func loads(_ fixture: ConfigurationFixture, environments: [String]) async -> Bool {
        fixture.variables.merge(["N": "7", "TIME": "5s"]) { $1 }
        fixture.sandbox = EmbeddedSandbox(adapters: ["acme", "other"]) { [:] }
        for environment in [nil] + environments.map(Optional.some) {
            if (try? await fixture.load(environment)) != nil { return true }
        }
        return false
    }

    @Test(
        "what the loader takes, the schema takes",
        arguments: [
            provider,
            provider + "\nca_file:\nproxy: null\nroutes:\nenvironments: {one: null}",
            provider + "\ndefaults: {timeout: '${env:TIME}', retries: '${env:N}', concurrency: 0o17}",
            provider + "\ndefaults: {timeout: '${env:N}s', retries: null}",
            "providers: {a: {adapter: '${env:NONE:-acme}', settings: {api_key: '${env:KEY}', region: eu}}}",
            "providers: {a: {adapter: acme, enabled: '${env:NONE:-false}', limits: [], settings: {api_key: '${env:KEY}'}}}",
            "providers: {a: {adapter: acme, limits: ['1/1s', '${env:N}/1m'], settings: {api_key: '${env:KEY}'}}}",
            "providers: {a: {adapter: acme, settings: {api_key: '${env:KEY}', account_id: '$${x}', page_size: 0x10}}}",
            "providers: {a: {adapter: acme, settings: {api_key: 12, base_url: 'HTTP://LOCALHOST:80/'}}}",
            "providers: {a: {adapter: acme, settings: {api_key: '${env:KEY}', poll: 0s, archived: '${env:F:-true}'}}}",
            "providers: {a: }\nenvironments: {one: \(provider.replacing("providers: ", with: "{providers: "))}}",
            "providers: {a: {settings: {region: eu}}, b: }\n"
                + "environments: {one: {providers: {a: {adapter: acme, settings: {api_key: '${env:KEY}'}}, b: null}}}",
            provider + "\nenvironments: {one: {sandbox: embedded, providers: {a: {settings: {api_key: literal}}}}}",
            provider + "\nroutes: [{use: [a, {provider: '${env:X:-a}', product: p}], when: {domains: ['*.kr.', '*']}}]",
            provider + "\nroutes: [{when: {domains: null, validation: [x]}, use: [{provider: a, product: null}]}]",
            provider + "\nproxy: 'http://proxy:3128/'\njournal: {path: ~/j}\nenvironment:",
        ])
    func accepted(_ yaml: String) async throws {
        let yaml = "version: 1\n\(yaml)\n"
        let fixture = try ConfigurationFixture(yaml)
        #expect(await Self.loads(fixture, environments: ["one"]))
        #expect(try SchemaJudge.errors(in: [yaml], by: Self.schema()) == [[]])
    }

    @Test(
        "mistakes that stand in the file alone are seen by the schema, and the loader refuses them",
        arguments: [
            "", "version: 2", "version: '1'", "version: 1\nprovders: {}", "version: 1\nproviders: []",
            "version: 1\nproviders: {A_b: {adapter: acme}}", "version: 1\nproviders: {a: {adapter: acmee}}",
            "version: 1\nproviders: {a: {adapter: acme, retrys: 2}}", "version: 1\ndefaults: {timeout: 30}",
            "version: 1\ndefaults: {timeout: 30 s}", "version: 1\ndefaults: {timeout: 0s}",
            "version: 1\ndefaults: {retries: '3'}", "version: 1\ndefaults: {concurrency: 0}",
            "version: 1\ndefaults: {limits: []}", "version: 1\njournal: /var/j", "version: 1\nsandbox: yes",
            "version: 1\nproxy: proxy.internal", "version: 1\nroutes: [{when: {}}]", "version: 1\nroutes: [{use: []}]",
            "version: 1\nroutes: [null]", "version: 1\nroutes: [{use: [{product: p}]}]",
            "version: 1\nroutes: [{when: {validation: ov}, use: [a]}]", "version: 1\nca_file: ''",
            "version: 1\nenvironments: {one: {version: 1}}", "version: 1\nenvironments: {one: {environments: {}}}",
            "version: 1\nenvironments: {one: {providers: {a: {settings: {regoin: us}}}}}",
            "version: 1\nenvironments: {one: {providers: {a: {settings: {page_size: 0}}}}}",
            "version: 1\nproviders: {a: {adapter: '${env:X}', settings: {regoin: us}}}\nenvironments: {one: {}}",
            "version: 1\nproviders: {a: {adapter: acme, limits: [100/5]}}",
            "version: 1\nproviders: {a: {adapter: acme, settings: {region: asia}}}",
            "version: 1\nproviders: {a: {adapter: acme, settings: {secret_key: '${env:KEY}'}}}",
            "version: 1\nproviders: {a: {adapter: other, settings: {region: us}}}",
            "version: 1\nproviders: {a: {adapter: acme, settings: {archived: 'no'}}}",
            "version: 1\nproviders: {a: {adapter: acme, settings: {base_url: 'http://ca.example'}}}",
            "version: 1\nproviders: {a: {adapter: acme, settings: {base_url: 'https://u:p@ca.example'}}}",
            "version: 1\nproviders: {a: {adapter: acme, settings: {account_id: 12}}}",
            "version: 1\nproviders: {a: {adapter: acme, settings: {page_size: '1${env:N}'}}}",
            "version: 1\nproviders: {a: {adapter: acme, settings: {poll: '${ENV:X}'}}}",
        ])
    func refused(_ yaml: String) async throws {
        let fixture = try ConfigurationFixture(yaml)
        #expect(await !Self.loads(fixture, environments: ["one"]))
        #expect(try SchemaJudge.errors(in: [yaml], by: Self.schema()) != [[]])
    }

    @Test("whatever is done to a configuration, the schema never refuses it where the loader takes it")
    func generated() async throws {
        var generator = ConfigurationGenerator(seed: 20_261_124)
        var documents: [String] = []
        var verdicts: [Bool] = []
        for _ in 0..<600 {
            let document = generator.next().text
            documents.append(document)
            verdicts.append(await Self.loads(try ConfigurationFixture(document), environments: ["one", "two"]))
        }
        let errors = try SchemaJudge.errors(in: documents, by: Self.schema())
        for (index, isLoaded) in verdicts.enumerated() where isLoaded {
            #expect(errors[index] == [], "\(documents[index])")
        }
        // Neither verdict is rare, so the comparison says something; and most of what is wrong, the schema sees.
        let refused = verdicts.count { !$0 }
        #expect(refused > 60 && verdicts.count - refused > 60, "\(refused) refused")
        #expect(errors.count { !$0.isEmpty } * 2 > refused)
    }

    @Test("an environment's own file has a schema of its own")
    func environmentFile() throws {
        let documents = [
            "providers: {a: {settings: {region: eu}}}", "defaults: null", "version: 1", "environments: {}",
            "providers: {a: {settings: {regoin: eu}}}",
        ]
        let errors = try SchemaJudge.errors(in: documents, by: Self.schema(.environment))
        #expect(errors.map(\.isEmpty) == [true, true, false, false, false])
    }

    @Test("settings complete by the adapter that is named beside them, and say what they mean")
    func settings() throws {
        let schema = try JSONValue(parsing: Self.schema().text)
        let definitions = try #require(schema["definitions"])
        let region = try #require(definitions["settings-acme"]?["properties"]?["region"])
        #expect(region.string("description") == "Where.")
        #expect(region.string("default") == "us")
        #expect(region.array("anyOf")?.first?.array("enum")?.map(\.text) == ["\"us\"", "\"eu\"", "null"])
        let rules = try #require(definitions["providers-entry"]?.array("allOf"))
        #expect(rules.first?["if"]?["properties"]?["adapter"]?.string("const") == "acme")
        #expect(schema.string("$schema") == "http://json-schema.org/draft-07/schema#")
        #expect(schema.string("$id") == "urn:certhost:configuration:1")
    }
}
