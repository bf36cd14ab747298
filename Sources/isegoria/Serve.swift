import ArgumentParser
import CommonsDomain
import Database
import Foundation
import Hummingbird
import HummingbirdCore
import Interface
import Localization
import Logging
import Mail
import NIOCore
import ServiceLifecycle
import Web

/// Which organization answers for a host: by name, or on loopback the demonstration for any.
struct Hosts: SiteDirectory {
  let organizations: OrganizationDirectory
  let setup: Setup

  func site(host: String) -> SiteFacts? {
    let name = organizations.name(host: host) ?? organizations.name(host: host.split(separator: ":").first.map(String.init) ?? host)
    if let name, let card = organizations.card(name) { return facts(name, card, host) }
    guard setup.isLoopback, setup.publicURL == nil, let name = organizations.names.first(where: { $0 == "ormeval" }) ?? organizations.names.first,
      let card = organizations.card(name), isPlain(host)
    else { return nil }
    return SiteFacts(key: name, languages: card.languages.map { Language($0) }, origin: "http://" + host)
  }

  private func facts(_ name: String, _ card: OrganizationCard, _ host: String) -> SiteFacts {
    let isOwn = setup.isLoopback && setup.publicURL == nil && card.origin.hasPrefix("http://")
    return SiteFacts(key: name, languages: card.languages.map { Language($0) }, origin: isOwn ? "http://" + host : card.origin)
  }

  private func isPlain(_ host: String) -> Bool {
    (1...255).contains(host.utf8.count) && host.utf8.allSatisfy { 48...58 ~= $0 || 97...122 ~= $0 || $0 == 45 || $0 == 46 || $0 == 91 || $0 == 93 }
  }
}

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve all organizations of the data folder.",
    discussion: """
      Settings come from the environment: ISEGORIA_DATA (folder), ISEGORIA_PORT, ISEGORIA_ADDRESS (default 127.0.0.1), ISEGORIA_PUBLIC_URL,
      ISEGORIA_TRUSTED_PROXIES (addresses, by commas), ISEGORIA_SOURCE_URL, ISEGORIA_SMTP_HOST, _PORT, _SECURITY (none, starttls, tls), _USER, _PASSWORD, _SENDER.
      Without SMTP mails are laid into each organization's mail folder.
      """)

  @Option(help: "The data folder.") var data: String?
  @Option(help: "The port to listen on.") var port: Int?
  @Flag(help: "Serve plain http on an address other than loopback, without a proxy. Cookies then lack their protection.") var insecure = false

  func run() async throws {
    let setup = try await Setup.read(data: data, port: port)
    if !setup.isLoopback && setup.publicURL == nil && !insecure {
      throw Plain(
        "Listening on \(setup.address) without TLS in front would send sessions in clear. Set ISEGORIA_PUBLIC_URL=https://… and put a proxy in front, or pass --insecure."
      )
    }
    let world = try World(setup)
    let lock = try ServingLock(folder: setup.data)
    defer { withExtendedLifetime(lock) {} }
    try Self.followPort(setup, world)
    try await Self.checkSchema(setup, world)
    let limiter = RateLimiter(factor: setup.limitFactor)
    let passwords = Set(ServedAssets.text("Assets/common-passwords.txt").split(whereSeparator: \.isNewline).map(String.init))
    let doors = Doors(
      organizations: world.organizations, catalogues: world.catalogues, limiter: limiter, commonPasswords: passwords,
      pictures: ChildPictures(folder: NSTemporaryDirectory() + "isegoria-pictures"), sourceURL: setup.sourceURL)
    var settings = FrontDoor.Settings()
    settings.trustedProxies = setup.trustedProxies
    settings.limiter = limiter
    let totals = MetricsText(world: world, door: DoorMetrics())
    let routes = Site.routes(doors) { totals.text }
    let door = FrontDoor(
      routes: routes, directory: Hosts(organizations: world.organizations, setup: setup), errors: SiteErrorPages(doors), settings: settings,
      metrics: totals.door, logger: world.logger)
    let application = Application(
      responder: door,
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [AnswerDeadline()], idleTimeout: .seconds(15),
          httpDecoderConfiguration: .init(maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 32 * 1024, maxHeaderFieldCount: 100))),
      configuration: .init(
        address: .hostname(setup.address, port: setup.port), serverName: nil, backlog: 1024,
        availableConnectionsDelegate: MaximumAvailableConnections(4_096)), onServerRunning: { _ in Self.announce(setup, world) }, logger: world.logger
    )
    let workers = Workers(world: world, doors: doors)
    let group = ServiceGroup(
      configuration: .init(services: [application, workers], gracefulShutdownSignals: [.sigterm, .sigint], logger: world.logger))
    do { try await group.run() } catch let fault as IOError where fault.errnoCode == EADDRINUSE {
      throw Plain("Port \(setup.port) of \(setup.address) is in use. Stop what listens there, or set ISEGORIA_PORT or --port to another.")
    }
    await world.organizations.close()
  }

  /// Databases of another version answer no page: better not to start. The first stands for all, which one program made.
  private static func checkSchema(_ setup: Setup, _ world: World) async throws {
    guard let name = world.organizations.names.first else { return }
    do {
      let database = try await OpenDatabase.open(setup.location(of: name), schema: Site.schema, access: .readingOnly)
      var problem: (any Error)?
      do { _ = try await database.pending(Site.schema) } catch { problem = error }
      await database.close()
      if let problem { throw problem }
    } catch let fault as DatabaseFault {
      switch fault {
      case .otherProgram, .newerProgram, .notOurs: throw Plain("\(name): \(fault)")
      // A server that is away comes back, and its pages say so until then.
      default: world.logger.error("a database cannot be opened", metadata: ["organization": "\(name)", "error": "\(fault)"])
      }
    }
  }

  /// On loopback, links in mails lead to the port that is served now, whatever it was when the organization was made.
  private static func followPort(_ setup: Setup, _ world: World) throws {
    guard setup.isLoopback, setup.publicURL == nil else { return }
    for name in world.organizations.names {
      guard var card = world.organizations.card(name), card.origin.hasPrefix("http://"), let host = card.hosts.first else { continue }
      let origin = "http://\(host.split(separator: ":").first ?? "localhost"):\(setup.port)"
      guard card.origin != origin else { continue }
      card.origin = origin
      try world.organizations.write(card, of: name)
    }
  }

  private static func announce(_ setup: Setup, _ world: World) {
    print("Isegoria serves \(world.organizations.names.count) organization(s) at http://\(setup.address):\(setup.port)/")
    fflush(nil)
  }
}

/// Held as long as a server runs, so that two do not serve one data folder.
private final class ServingLock {
  private let descriptor: Int32

  init(folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    descriptor = open(folder + "/serving.lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Plain("Nothing can be written in \(folder).") }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw Plain("A server runs on \(folder) already. Stop it first, or serve another folder with --data.")
    }
  }

  deinit { close(descriptor) }
}

/// Counters of the databases, behind those of the door.
struct MetricsText: Sendable {
  let world: World
  let door: DoorMetrics

  var text: String {
    let totals = world.databases.totals
    let counters = [
      ("reads", totals.reads), ("writes", totals.writes), ("groups", totals.groups), ("statements", totals.statements), ("retries", totals.retries),
    ]
    return door.text
      + "# TYPE isegoria_organizations_open gauge\nisegoria_organizations_open \(world.organizations.opened.count)\n"
      + counters.map { "# TYPE isegoria_database_\($0.0)_total counter\nisegoria_database_\($0.0)_total \($0.1)\n" }.joined()
  }
}
