import CertProtocol
import Foundation
import TestSupport
import Testing

@testable import Host

@Suite("Reloading")
struct ReloadTests {
    private static func fixture(_ yaml: String) throws -> ReloadFixture {
        let fixture = try ReloadFixture(yaml)
        for id in ["a", "b", "c"] { try fixture.file.write("first-key-of-\(id)\n", to: "\(id).key") }
        return fixture
    }

    @Test("a reload says what it added, removed, changed and kept, and what was kept is the same provider")
    func changes() async throws {
        let fixture = try Self.fixture(ReloadFixture.yaml("a", "b"))
        let host = try await fixture.host()
        let before = host.current
        try fixture.write("version: 1\nproviders:\n\(ReloadFixture.provider("c"))\(ReloadFixture.provider("a"))")
        let changes = try await host.reload()
        #expect(changes.added == ["c"] && changes.removed == ["b"] && changes.changed == [] && changes.kept == ["a"])
        #expect("\(changes)" == "added c; removed b; kept a")
        #expect(!changes.isEmpty)
        #expect(host.current.providers.map(\.id) == ["c", "a"])
        #expect(try host.current.traced("a") === before.traced("a"))
        // What was taken before goes on as it was.
        #expect(before.providers.map(\.id) == ["a", "b"])
        #expect(try await host.reload().isEmpty)
    }

    @Test("a key in a file is read again; a provider whose key is another one is made anew")
    func rotation() async throws {
        let fixture = try Self.fixture(ReloadFixture.yaml("a", "b"))
        let host = try await fixture.host()
        let before = host.current
        try fixture.file.write("second-key-of-a\n", to: "a.key")
        #expect(try host.current.traced("a")?.key == Secret("first-key-of-a"))
        let changes = try await host.reload()
        #expect(changes.changed == ["a"] && changes.kept == ["b"])
        #expect(try host.current.traced("a")?.key == Secret("second-key-of-a"))
        #expect(try before.traced("a")?.key == Secret("first-key-of-a"))
    }

    @Test("a key in an environment variable is read again")
    func variables() async throws {
        // In a process of its own: others may be reading the environment of this one.
        await #expect(processExitsWith: .success) {
            setenv("RELOADED_KEY", "first", 1)
            let fixture = try ReloadFixture(
                "version: 1\nproviders: {a: {adapter: traced, settings: {key: \"${env:RELOADED_KEY}\"}}}")
            let host = try await fixture.host()
            setenv("RELOADED_KEY", "second", 1)
            #expect(try await host.reload().changed == ["a"])
            #expect(try host.current.traced("a")?.key == Secret("second"))
        }
    }

    @Test("a timeout, or being disabled, changes how a provider is called and not what it is")
    func timeout() async throws {
        let fixture = try Self.fixture(ReloadFixture.yaml("a"))
        let host = try await fixture.host()
        let before = try host.current.traced("a")
        try fixture.write("version: 1\nproviders:\n" + ReloadFixture.provider("a", ", timeout: 5s"))
        #expect(try await host.reload().changed == ["a"])
        #expect(try host.current.provider("a").configuration.timeout == .seconds(5))
        #expect(try host.current.traced("a") === before)
        try fixture.write("version: 1\nproviders:\n" + ReloadFixture.provider("a", ", enabled: false"))
        #expect(try await host.reload().changed == ["a"])
        #expect(throws: CertificateError(.invalidRequest, "")) { try host.current.provider("a") }
        try fixture.write("version: 1\nproviders:\n" + ReloadFixture.provider("a", ", concurrency: 9"))
        #expect(try await host.reload().changed == ["a"])
        #expect(try host.current.traced("a") !== before)
    }

    @Test("a provider that was disabled for want of a key is made once it has one")
    func enabled() async throws {
        let fixture = try Self.fixture("version: 1\nproviders:\n" + ReloadFixture.provider("z", ", enabled: false"))
        let host = try await fixture.host()
        try fixture.write(ReloadFixture.yaml("z"))
        let error = await #expect(throws: ConfigurationError.self) { try await host.reload() }
        #expect(error?.findings.map(\.code) == ["unreadable-file"])
        try fixture.file.write("a-key", to: "z.key")
        #expect(try await host.reload().changed == ["z"])
        #expect(try host.current.traced("z")?.key == Secret("a-key"))
    }

    @Test(
        "a file that can't be used changes nothing, and everything wrong in it is told",
        arguments: [
            (
                "version: 1\nproviders: {a: {adapter: nonsense}, b: {adaptor: traced}}",
                ["unknown-adapter", "unknown-key"]
            ),
            ("version: 1\nproviders:\n  a: {adapter: traced", ["unclosed-bracket"]), ("", ["empty-file"]),
        ])
    func refused(_ yaml: String, _ codes: [String]) async throws {
        let fixture = try Self.fixture(ReloadFixture.yaml("a", "b"))
        let host = try await fixture.host()
        let before = host.current
        try fixture.write(yaml)
        let error = await #expect(throws: ConfigurationError.self) { try await host.reload() }
        let found = Set(error?.findings.map(\.code) ?? [])
        #expect(found.isSuperset(of: codes), "\(found)")
        #expect(host.current.providers.map(\.configuration) == before.providers.map(\.configuration))
        #expect(try host.current.traced("a") === before.traced("a"))
        // The file is mended, and all is well.
        try fixture.write(ReloadFixture.yaml("a", "b"))
        #expect(try await host.reload().kept == ["a", "b"])
    }

    @Test("providers that their adapter refuses are all named, and none of the others is changed")
    func unusable() async throws {
        let fixture = try Self.fixture(ReloadFixture.yaml("a", "b", "c"))
        let host = try await fixture.host()
        let before = host.current
        for id in ["a", "c"] { try fixture.file.write("refused", to: "\(id).key") }
        try fixture.file.write("second", to: "b.key")
        let error = try #require(await #expect(throws: ConfigurationError.self) { try await host.reload() })
        #expect(error.findings.map(\.code) == ["unusable-provider", "unusable-provider"])
        #expect(error.findings.map(\.path) == ["providers.a", "providers.c"])
        #expect(error.findings.map(\.message) == Array(repeating: "The adapter refuses this.", count: 2))
        #expect(try host.current.traced("b") === before.traced("b"))
        let first = await #expect(throws: ConfigurationError.self) { try await fixture.host() }
        #expect(first?.findings.map(\.path) == ["providers.a"])
    }

    @Test("reloads that are asked for at once are done one after the other")
    func serialized() async throws {
        let fixture = try Self.fixture(ReloadFixture.yaml("a"))
        let host = try await fixture.host()
        try fixture.write(ReloadFixture.yaml("a", "b"))
        let all = try await withThrowingTaskGroup(of: ConfigurationChanges.self) { group in
            for _ in 0..<40 { group.addTask { try await host.reload() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        // Had two been under way together, both would have found that b is new.
        #expect(all.count { $0.added == ["b"] } == 1)
        #expect(all.count { $0.isEmpty } == 39)
    }

    @Test("a reload whose caller is cancelled is done all the same")
    func cancelled() async throws {
        let fixture = try Self.fixture(ReloadFixture.yaml("a"))
        let host = try await fixture.host()
        try fixture.write(ReloadFixture.yaml("b"))
        let caller = Task { try await host.reload() }
        caller.cancel()
        #expect(try await caller.value.added == ["b"])
        #expect(host.current.providers.map(\.id) == ["b"])
    }

    @Test("a provider that is gone, and what it shared, goes with the last piece of work that uses it")
    func released() async throws {
        let fixture = try Self.fixture(ReloadFixture.yaml("a", "b"))
        let host = try await fixture.host()
        let provider = Weak(try host.current.traced("b"))
        let shared = Weak(try host.current.provider("b").shared)
        var work: CertificateHost? = host.current
        try fixture.write(ReloadFixture.yaml("a"))
        #expect(try await host.reload().removed == ["b"])
        #expect(provider.object != nil && work != nil)
        work = nil
        #expect(provider.object == nil && shared.object == nil)
    }

    @Test("what is known about a provider's health outlasts a reload, unless the provider itself was changed")
    func circuit() async throws {
        let fixture = try ReloadFixture(ReloadFixture.yaml("a")) { () throws(CertificateError) in
            throw CertificateError(.unavailable, "Down.")
        }
        for id in ["a", "b"] { try fixture.file.write("key", to: "\(id).key") }
        let host = try await fixture.host(circuitBreaker: .init(failures: 1, firstPause: .seconds(600)))
        func isOpen() async throws -> Bool {
            let error = await #expect(throws: CertificateError.self) { try await host.current.checkHealth(of: "a") }
            return error?.message.hasPrefix("Nothing was sent") == true
        }
        #expect(try await !isOpen())
        try fixture.write(ReloadFixture.yaml("a", "b"))
        try await host.reload()
        #expect(try await isOpen())
        try fixture.write("version: 1\nproviders:\n" + ReloadFixture.provider("a", ", retries: 1, timeout: 1m"))
        #expect(try await host.reload().changed == ["a"])
        #expect(try await isOpen())
        // A new key may be what helps.
        try fixture.file.write("another key".filter { $0 != " " }, to: "a.key")
        try await host.reload()
        #expect(try await !isOpen())
    }

    @Test("roots that were replaced are read again, by every provider")
    func roots() async throws {
        let yaml = ReloadFixture.yaml("a", "b") + "ca_file: roots.pem\n"
        let fixture = try Self.fixture(yaml)
        try fixture.file.write("-----BEGIN CERTIFICATE-----\none", to: "roots.pem")
        let host = try await fixture.host()
        let before = try host.current.provider("a").network
        #expect(try await host.reload().isEmpty)
        #expect(try host.current.provider("a").network == before)
        try fixture.file.write("-----BEGIN CERTIFICATE-----\ntwo", to: "roots.pem")
        #expect(try await host.reload().changed == ["a", "b"])
        #expect(try host.current.provider("a").network != before)
        #expect(try await host.reload().isEmpty)
    }

    @Test("a sandbox that still applies is not started again, and one that could not be started is")
    func sandbox() async throws {
        struct Failure: Error {}
        let starts = Locked(0)
        let sandbox = EmbeddedSandbox(adapters: ["traced"]) {
            guard
                starts.withLock({ starts in
                    starts += 1; return starts > 1
                })
            else { throw Failure() }
            return ["traced": ["key": "key-of-the-sandbox"]]
        }
        let yaml = "version: 1\nsandbox: embedded\nproviders: {a: {adapter: traced}}\n"
        let fixture = try Self.fixture(ReloadFixture.yaml("a"))
        let host = try await fixture.host(sandbox: sandbox)
        #expect(starts.withLock(\.self) == 0)
        try fixture.write(yaml)
        let error = await #expect(throws: ConfigurationError.self) { try await host.reload() }
        #expect(error?.findings.map(\.code) == ["sandbox-failed"])
        #expect(try await host.reload().changed == ["a"])
        #expect(host.current.configuration.isSandboxed)
        #expect(try await host.reload().kept == ["a"])
        try fixture.write(ReloadFixture.yaml("a"))
        #expect(try await host.reload().changed == ["a"])
        try fixture.write(yaml)
        try await host.reload()
        #expect(try host.current.traced("a")?.key == Secret("key-of-the-sandbox"))
        #expect(starts.withLock(\.self) == 2)
    }

    @Test("an open journal can't be moved by a reload, and that is said")
    func journal() async throws {
        let fixture = try Self.fixture(ReloadFixture.yaml("a"))
        let host = try await fixture.host()
        try fixture.write(ReloadFixture.yaml("a") + "journal: {path: elsewhere.sqlite}\n")
        #expect(try await host.reload().warnings.map(\.code) == ["journal-moved"])
    }
}

private struct Weak<Object: AnyObject> {
    private(set) weak var object: Object?

    init(_ object: Object?) { self.object = object }
}
