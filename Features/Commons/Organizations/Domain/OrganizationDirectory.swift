package import Database
import Foundation
package import Localization
import Synchronization

/// What stands in an organization's `organization.json`: enough to route a request without opening its database.
package struct OrganizationCard: Codable, Sendable, Hashable {
  package var hosts: [String]
  package var languages: [String]
  /// Scheme, host and port of its own address.
  package var origin: String

  package init(hosts: [String], languages: [String], origin: String) {
    self.hosts = hosts
    self.languages = languages
    self.origin = origin
  }
}

/// The organizations of one data folder: `organizations/NAME/` each with its card, its database and its files.
/// Databases are opened on first use, and closed again when many others were used since.
package final class OrganizationDirectory: Sendable {
  package typealias Opener = @Sendable (_ name: String, _ folder: String) async throws -> OpenDatabase

  package let folder: String
  private let opener: Opener
  private let cards: Mutex<[String: OrganizationCard]>
  private let open = Mutex<[String: Task<Organization, any Error>]>([:])

  /// - Parameter opener: opens the database of an organization; given by the program, which knows the schema.
  package init(data: String, opener: @escaping Opener) throws {
    folder = data + "/organizations"
    self.opener = opener
    cards = Mutex([:])
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try reload()
  }

  package var names: [String] { cards.withLock { $0.keys.sorted() } }

  package func card(_ name: String) -> OrganizationCard? { cards.withLock { $0[name] } }

  /// The organization that answers for a host.
  package func name(host: String) -> String? { cards.withLock { cards in cards.first { $0.value.hosts.contains(host) }?.key } }

  /// Reads all cards anew.
  package func reload() throws {
    var found: [String: OrganizationCard] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) where Slug.isValid(name) {
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)/organization.json") else { continue }
      found[name] = try JSONDecoder().decode(OrganizationCard.self, from: data)
    }
    let cards = found
    self.cards.withLock { $0 = cards }
  }

  /// Opens an organization, once.
  package func organization(_ name: String) async throws -> Organization {
    guard let card = card(name) else { throw OrganizationFault.unknown(name) }
    let task = open.withLock { open in
      if let task = open[name] { return task }
      let place = "\(folder)/\(name)"
      let task = Task { [opener] in try await Organization(name: name, folder: place, database: opener(name, place), origin: card.origin) }
      open[name] = task
      return task
    }
    do {
      return try await task.value
    } catch {
      open.withLock { _ = $0.removeValue(forKey: name) }
      throw error
    }
  }

  /// Those that are open now.
  package var opened: [String] { open.withLock { $0.keys.sorted() } }

  /// Makes the folder, the database and the card of a new organization.
  package func create(_ name: String, card: OrganizationCard, settings: OrganizationSettings) async throws -> Organization {
    guard Slug.isValid(name) else { throw OrganizationFault.badName(name) }
    guard self.card(name) == nil else { throw OrganizationFault.exists(name) }
    let place = "\(folder)/\(name)"
    try FileManager.default.createDirectory(atPath: place + "/files", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let database = try await opener(name, place)
    try await database.write { db in if try OrganizationStore.settings(in: db) == nil { try OrganizationStore.found(settings, in: db) } }
    await database.close()
    try write(card, of: name)
    return try await organization(name)
  }

  /// Writes the card; the languages in it follow the settings.
  package func write(_ card: OrganizationCard, of name: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(card).write(to: URL(fileURLWithPath: "\(folder)/\(name)/organization.json"), options: .atomic)
    try reload()
  }

  package func close() async {
    for task in open.withLock({ open in
      defer { open = [:] }
      return Array(open.values)
    }) { try? await task.value.database.close() }
  }

  package func remove(_ name: String) async throws {
    guard card(name) != nil else { throw OrganizationFault.unknown(name) }
    if let task = open.withLock({ $0.removeValue(forKey: name) }) { try? await task.value.database.close() }
    try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    try reload()
  }
}
