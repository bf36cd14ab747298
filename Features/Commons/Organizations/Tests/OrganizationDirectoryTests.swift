import CommonsDomain
import Database
import Foundation
import Testing
import Web

/// Several organizations in one folder, seen by a server and by the command line at once.
struct OrganizationDirectoryTests {
  private func with(_ body: (_ open: () throws -> OrganizationDirectory) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("isegoria-directory-\(UInt64.random(in: 0 ..< .max))").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body {
      try OrganizationDirectory(data: folder) { _, place in
        try await OpenDatabase.open(.sqlite(path: place + "/organization.sqlite"), schema: Site.schema)
      }
    }
  }

  private func make(_ name: String, in directory: OrganizationDirectory) async throws {
    let card = OrganizationCard(hosts: [name + ".example"], languages: ["fr"], origin: "https://\(name).example")
    _ = try await directory.create(name, card: card, settings: Town.organization)
    await directory.close(name)
  }

  @Test func `of those that are open beyond the limit the least used are named, and what is closed opens again`() async throws {
    try await with { open in
      let directory = try open()
      for name in ["alba", "brest", "crest"] { try await make(name, in: directory) }
      for name in ["brest", "alba", "crest", "brest"] { _ = try await directory.organization(name) }
      #expect(directory.idle(mostOpen: 3, unusedFor: 0).isEmpty)
      #expect(directory.idle(mostOpen: 1, unusedFor: 0) == ["alba", "crest"])
      #expect(directory.idle(mostOpen: 1, unusedFor: 60).isEmpty, "somebody may still hold it")
      await directory.close("alba")
      #expect(directory.opened == ["brest", "crest"])
      #expect(try await directory.organization("alba").settings.name == Town.organization.name)
      await directory.close()
    }
  }

  @Test func `no host leads to two organizations`() async throws {
    try await with { open in
      let directory = try open()
      try await make("alba", in: directory)
      let card = OrganizationCard(hosts: ["copy.example", "alba.example"], languages: ["fr"], origin: "https://copy.example")
      await #expect(throws: OrganizationFault.self) { _ = try await directory.create("aaa", card: card, settings: Town.organization) }
      #expect(directory.name(host: "alba.example") == "alba" && directory.name(host: "copy.example") == nil)
      #expect(try open().names == ["alba"], "nothing is left of what was refused")
      await directory.close()
    }
  }

  @Test func `a server sees what another process made`() async throws {
    try await with { open in
      let server = try open()
      #expect(server.name(host: "alba.example") == nil)
      try await make("alba", in: try open())
      try server.reloadIfChanged()
      #expect(server.name(host: "alba.example") == "alba")
    }
  }

  @Test func `removing waits until the server let go, and gives up with everything in place when it does not`() async throws {
    try await with { open in
      let (server, command) = (try open(), try open())
      try await make("alba", in: command)
      try server.reloadIfChanged()
      _ = try await server.organization("alba")
      await #expect(throws: OrganizationFault.self) { try await command.remove("alba", waiting: 0) }
      try server.reloadIfChanged()
      #expect(server.name(host: "alba.example") == "alba")

      async let removed: Void = command.remove("alba", waiting: 20)
      for _ in 0..<500 where server.idle().isEmpty {
        try await Task.sleep(for: .milliseconds(20))
        try server.reloadIfChanged()
      }
      #expect(server.idle() == ["alba"])
      await server.close("alba")
      try await removed
      #expect(!FileManager.default.fileExists(atPath: command.folder + "/alba"))
    }
  }
}
