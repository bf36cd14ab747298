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
/// Databases are opened on first use; ``idle(mostOpen:unusedFor:)`` names those to close again when many others were used since.
package final class OrganizationDirectory: Sendable {
  package typealias Opener = @Sendable (_ name: String, _ folder: String) async throws -> OpenDatabase

  /// One that is open costs about a megabyte. Of those beyond this number the least used are closed.
  package static let mostOpen = 48
  /// No request lasts as long: one that was not asked for since is in nobody's hands.
  package static let unusedSeconds = 60

  private struct Opened {
    let task: Task<Organization, any Error>
    var lastUsed: ContinuousClock.Instant
  }

  package let folder: String
  private let opener: Opener
  private let cards: Mutex<[String: OrganizationCard]>
  private let open = Mutex<[String: Opened]>([:])
  /// When the folder was last changed, as far as the cards know.
  private let seen = Mutex<Date?>(nil)

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

  /// The organization that answers for a host; the first by name should two claim it, which ``write(_:of:)`` does not let happen.
  package func name(host: String) -> String? {
    cards.withLock { cards in cards.lazy.filter { $0.value.hosts.contains(host) }.map(\.key).min() }
  }

  /// Reads all cards anew if an organization came or went since: another process (the command line) may have made or removed one.
  package func reloadIfChanged() throws {
    guard changed() != seen.withLock({ $0 }) else { return }
    try reload()
  }

  /// Moves the folder's own time on, as fine as the file system keeps it; a time that is set by hand would be cut to whole seconds.
  private func touch() {
    let mark = folder + "/.changed"
    _ = FileManager.default.createFile(atPath: mark, contents: nil)
    try? FileManager.default.removeItem(atPath: mark)
  }

  private func changed() -> Date? { (try? FileManager.default.attributesOfItem(atPath: folder))?[.modificationDate] as? Date }

  /// Reads all cards anew.
  package func reload() throws {
    let moment = changed()
    seen.withLock { $0 = moment }
    var found: [String: OrganizationCard] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) where Slug.isValid(name) {
      let path = "\(folder)/\(name)/organization.json"
      guard let data = FileManager.default.contents(atPath: path) else { continue }
      guard let card = try? JSONDecoder().decode(OrganizationCard.self, from: data) else { throw BrokenCard(path: path) }
      found[name] = card
    }
    let cards = found
    self.cards.withLock { $0 = cards }
  }

  /// Opens an organization, once.
  package func organization(_ name: String) async throws -> Organization {
    guard let card = card(name) else { throw OrganizationFault.unknown(name) }
    let task = open.withLock { open in
      if let task = open[name]?.task {
        open[name]?.lastUsed = .now
        return task
      }
      let place = "\(folder)/\(name)"
      let task = Task { [opener] in try await Organization(name: name, folder: place, database: opener(name, place), origin: card.origin) }
      open[name] = Opened(task: task, lastUsed: .now)
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

  /// Those that are open without a card (removed meanwhile), and of the others the least used beyond `mostOpen` that were not asked for since
  /// `unusedFor` seconds.
  package func idle(mostOpen: Int = mostOpen, unusedFor seconds: Int = unusedSeconds) -> [String] {
    let known = Set(names)
    return open.withLock { open in
      let gone = open.keys.filter { !known.contains($0) }
      let rest = open.filter { known.contains($0.key) }.sorted { $0.value.lastUsed < $1.value.lastUsed }
      let spare = rest.prefix(max(0, rest.count - mostOpen)).filter { ContinuousClock.now - $0.value.lastUsed > .seconds(seconds) }
      return gone.sorted() + spare.map(\.key)
    }
  }

  /// One that is open, without counting as use; nil when it is not.
  package func peek(_ name: String) async throws -> Organization? { try await open.withLock { $0[name]?.task }?.value }

  /// Closes one that is open. Whoever asks for it next opens it again.
  package func close(_ name: String) async {
    if let opened = open.withLock({ $0.removeValue(forKey: name) }) { try? await opened.task.value.database.close() }
  }

  /// Makes the folder, the database and the card of a new organization.
  package func create(_ name: String, card: OrganizationCard, settings: OrganizationSettings) async throws -> Organization {
    guard Slug.isValid(name) else { throw OrganizationFault.badName(name) }
    guard self.card(name) == nil else { throw OrganizationFault.exists(name) }
    try checkHosts(card, of: name)
    let place = "\(folder)/\(name)"
    try FileManager.default.createDirectory(atPath: place + "/files", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let database = try await opener(name, place)
    try await database.write { db in if try OrganizationStore.settings(in: db) == nil { try OrganizationStore.found(settings, in: db) } }
    await database.close()
    try write(card, of: name)
    return try await organization(name)
  }

  /// - Throws: `OrganizationFault.hostTaken` when another organization answers for one of the card's hosts.
  package func checkHosts(_ card: OrganizationCard, of name: String) throws {
    for host in card.hosts {
      if let other = self.name(host: host), other != name { throw OrganizationFault.hostTaken(host: host, by: other) }
    }
  }

  /// Writes the card; the languages in it follow the settings.
  ///
  /// - Throws: `OrganizationFault.hostTaken` when another organization answers for one of its hosts.
  package func write(_ card: OrganizationCard, of name: String) throws {
    try checkHosts(card, of: name)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(card).write(to: URL(fileURLWithPath: "\(folder)/\(name)/organization.json"), options: .atomic)
    // The card lies a folder deeper: without this a running server would not see that something came.
    touch()
    try reload()
  }

  /// The languages in which its pages are answered, the first one first.
  package func setLanguages(_ languages: [Language], of name: String) throws {
    guard var card = card(name), card.languages != languages.map(\.tag) else { return }
    card.languages = languages.map(\.tag)
    try write(card, of: name)
  }

  package func close() async { for name in opened { await close(name) } }

  /// Takes the card away, so that a running server lets go of it, waits until nobody has the database open, and removes the folder.
  ///
  /// - Throws: `OrganizationFault.inUse` when a server held it for longer than `seconds`; it is then whole and answers again.
  package func remove(_ name: String, waiting seconds: Int = 15) async throws {
    guard card(name) != nil else { throw OrganizationFault.unknown(name) }
    let place = "\(folder)/\(name)"
    let (card, aside) = (place + "/organization.json", place + "/organization.json.removed")
    try FileManager.default.moveItem(atPath: card, toPath: aside)
    touch()
    try reload()
    await close(name)
    for attempt in 0... {
      do {
        try await opener(name, place).close()
        break
      } catch DatabaseFault.alreadyOpen {
        guard attempt < seconds * 4 else {
          try FileManager.default.moveItem(atPath: aside, toPath: card)
          touch()
          try reload()
          throw OrganizationFault.inUse(name)
        }
        try await Task.sleep(for: .milliseconds(250))
      } catch {
        // A database that cannot be opened for another reason is in nobody's hands.
        break
      }
    }
    try FileManager.default.removeItem(atPath: place)
    try reload()
  }
}

/// The file that says at which hosts an organization answers cannot be read.
package struct BrokenCard: Error, CustomStringConvertible {
  let path: String

  package var description: String { "\(path) does not hold what was written there: put the file back from a backup" }
}
