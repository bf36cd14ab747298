package import Database
import Synchronization
import Localization

/// An organization that is open: its database, its folder, and a copy of its settings that every page reads.
package final class Organization: Sendable {
  /// The name of its folder; tells it apart from the others.
  package let name: String
  package let folder: String
  package let database: OpenDatabase
  /// What links in mails begin with.
  package let origin: String

  private let kept: Mutex<(settings: OrganizationSettings, isStale: Bool)>

  package init(name: String, folder: String, database: OpenDatabase, origin: String) async throws {
    self.name = name
    self.folder = folder
    self.database = database
    self.origin = origin
    guard let settings = try await database.read({ try OrganizationStore.settings(in: $0) }) else { throw OrganizationFault.notFounded(name) }
    kept = Mutex((settings, false))
  }

  package var settings: OrganizationSettings { kept.withLock { $0.settings } }

  /// The settings were changed: the next visit reads them anew. Nothing is read here, since nothing may fail once a change is done.
  package func settingsChanged() { kept.withLock { $0.isStale = true } }

  /// Reads the settings anew if they were changed since.
  package func refresh() async throws {
    let wasStale = kept.withLock { kept in
      defer { kept.isStale = false }
      return kept.isStale
    }
    guard wasStale else { return }
    do {
      if let settings = try await database.read({ try OrganizationStore.settings(in: $0) }) { kept.withLock { $0.settings = settings } }
    } catch {
      settingsChanged()
      throw error
    }
  }
}

package enum OrganizationFault: Error, CustomStringConvertible {
  case notFounded(String)
  case unknown(String)
  case exists(String)
  case badName(String)
  case inUse(String)
  case hostTaken(host: String, by: String)

  package var description: String {
    switch self {
    case .notFounded(let name): "The database of \(name) holds no organization yet. Run: isegoria organization create \(name) --host HOST"
    case .unknown(let name): "There is no organization \(name). Run: isegoria organization list"
    case .exists(let name): "An organization \(name) is there already."
    case .inUse(let name): "A server has \(name) in use and did not let go of it. Stop it, then remove \(name)."
    case .hostTaken(let host, let other): "\(host) is the address of \(other) already. Name another with --host."
    case .badName(let name): "\(name) cannot be a name: use 2 to 60 lower-case letters, digits and single hyphens."
    }
  }
}
