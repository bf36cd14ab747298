import CommonsDomain
import Database
import Foundation
import Imports
import Interface
import Localization
import Logging
import Synchronization
import Web

/// The live world: what is built once, here and nowhere else, and handed to everything that needs it.
struct World: Sendable {
  let setup: Setup
  let organizations: OrganizationDirectory
  let catalogues: [Catalogue]
  let logger: Logger
  let databases = OpenedDatabases()

  init(_ setup: Setup) throws {
    self.setup = setup
    logger = Logger(label: "isegoria")
    catalogues = try ["fr", "en"].map { try Catalogue(language: Language($0), json: ServedAssets.bytes("Locales/\($0).json") ?? []) }
    organizations = try OrganizationDirectory(data: setup.data) { [databases] name, _ in
      let database = try await OpenDatabase.open(setup.location(of: name), schema: Site.schema)
      databases.add(database)
      return database
    }
  }

  /// Closes an organization that is open; what its database did stays counted.
  func close(_ name: String) async {
    let database = try? await organizations.peek(name)?.database
    await organizations.close(name)
    if let database { databases.retire(database) }
  }

  /// The one organization, or the one that is named.
  func organization(_ name: String?) async throws -> Organization { try await organizations.organization(self.name(name)) }

  /// The name of the one organization, or the one that is asked for, which need not be there.
  func name(_ asked: String?) throws -> String {
    if let asked { return asked }
    let names = organizations.names
    guard let only = names.first else {
      throw Plain("There is no organization yet. Run: isegoria demo, or: isegoria organization create NAME --host HOST")
    }
    guard names.count == 1 else {
      throw Plain("There are several organizations: \(names.joined(separator: ", ")). Say which with --organization NAME.")
    }
    return only
  }
}

/// The databases opened since the start, for the counters of `/metrics`.
final class OpenedDatabases: Sendable {
  private struct State {
    var open: [OpenDatabase] = []
    var retired = Totals()
  }

  private let state = Mutex(State())

  func add(_ database: OpenDatabase) { state.withLock { $0.open.append(database) } }

  /// Keeps what a closed database did, and lets go of it.
  func retire(_ database: OpenDatabase) {
    state.withLock { state in
      state.retired.add(database.totals)
      state.open.removeAll { $0 === database }
    }
  }

  /// What all of them did, added up.
  var totals: Totals { state.withLock { state in state.open.reduce(into: state.retired) { $0.add($1.totals) } } }
}

extension Totals {
  fileprivate mutating func add(_ other: Totals) {
    reads &+= other.reads
    writes &+= other.writes
    groups &+= other.groups
    largestGroup = max(largestGroup, other.largestGroup)
    statements &+= other.statements
    retries &+= other.retries
  }
}

/// An error that is all words.
struct Plain: Error, CustomStringConvertible {
  let description: String
  init(_ words: String) { description = words }
}

/// Progress on one line of a terminal, or a line a step where there is none.
enum Terminal {
  static let isInteractive = isatty(2) == 1

  static func progress(_ done: Int, _ total: Int, _ what: String) {
    let line = "\(done) of \(total) \(what)"
    FileHandle.standardError.write(Data((isInteractive ? "\r\u{1B}[K" + line + (done == total ? "\n" : "") : line + "\n").utf8))
  }
}
