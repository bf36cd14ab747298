import CommonsDomain
import Configuration
import Database
import Foundation
import Imports
import Interface
import Localization
import Logging
import Mail
import Synchronization
import Web

/// What the program is told from outside: environment first, then the file that `ISEGORIA_CONFIG` names.
struct Setup: Sendable {
  let data: String
  let port: Int
  let address: String
  /// The address people use, when a proxy stands in front: `https://participer.example.org`.
  let publicURL: String?
  let trustedProxies: Set<String>
  let postgres: String?
  let smtp: SMTPPostman?
  let sender: String?
  let limitFactor: Double

  static func read(data: String? = nil, port: Int? = nil) async throws -> Setup {
    var providers: [any ConfigProvider] = [EnvironmentVariablesProvider()]
    if let path = ProcessInfo.processInfo.environment["ISEGORIA_CONFIG"] {
      providers.append(try await FileProvider<JSONSnapshot>(filePath: .init(path)))
    }
    let config = ConfigReader(providers: providers)
    var smtp: SMTPPostman?
    if let host = config.string(forKey: "isegoria.smtp.host") {
      smtp = SMTPPostman(
        settings: try SMTPSettings(
          host: host, port: config.int(forKey: "isegoria.smtp.port", default: 587),
          security: SMTPSettings.Security(rawValue: config.string(forKey: "isegoria.smtp.security", default: "starttls")) ?? .starttls,
          user: config.string(forKey: "isegoria.smtp.user"), password: config.string(forKey: "isegoria.smtp.password", isSecret: true),
          caFile: config.string(forKey: "isegoria.smtp.ca")))
    }
    return Setup(
      data: data ?? config.string(forKey: "isegoria.data", default: "var"), port: port ?? config.int(forKey: "isegoria.port", default: 8080),
      address: config.string(forKey: "isegoria.address", default: "127.0.0.1"), publicURL: config.string(forKey: "isegoria.public.url"),
      trustedProxies: Set(
        config.string(forKey: "isegoria.trusted.proxies", default: "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }),
      postgres: config.string(forKey: "isegoria.postgres"), smtp: smtp, sender: config.string(forKey: "isegoria.smtp.sender"),
      limitFactor: config.double(forKey: "isegoria.limit.factor", default: 1))
  }

  /// Where the database of an organization is.
  func location(of name: String) -> OpenDatabase.Location {
    guard let postgres else { return .sqlite(path: "\(data)/organizations/\(name)/organization.sqlite") }
    return .postgres(connection: postgres, name: "isegoria_" + name.replacingOccurrences(of: "-", with: "_"))
  }

  var isLoopback: Bool { ["127.0.0.1", "::1", "localhost"].contains(address) }
}

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
  func organization(_ name: String?) async throws -> Organization {
    if let name { return try await organizations.organization(name) }
    let names = organizations.names
    guard let only = names.first else {
      throw Plain("There is no organization yet. Run: isegoria demo, or: isegoria organization create NAME --host HOST")
    }
    guard names.count == 1 else {
      throw Plain("There are several organizations: \(names.joined(separator: ", ")). Say which with --organization NAME.")
    }
    return try await organizations.organization(only)
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
