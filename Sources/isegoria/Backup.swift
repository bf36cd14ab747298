import ArgumentParser
import CommonsDomain
import Database
import Foundation
import Subprocess
import Web

struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy an organization into a folder, while it is in use or not.",
    discussion: """
      The copy holds the database, the files and the card; `isegoria restore` brings it back. A database on PostgreSQL is copied by pg_dump
      (Debian's postgresql-client), as one consistent state.
      """)
  @ArgumentParser.Argument(help: "The folder to make.") var folder: String
  @OptionGroup var options: DataOption

  func run() async throws {
    guard !FileManager.default.fileExists(atPath: folder) else { throw Plain("\(folder) is there already; name a new folder.") }
    let setup = try await Setup.read(data: options.data)
    let world = try World(setup)
    let name = try world.name(options.organization)
    guard world.organizations.card(name) != nil else { throw OrganizationFault.unknown(name) }
    let place = world.organizations.folder + "/" + name
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    switch setup.location(of: name) {
    case .sqlite:
      // A second process may read a database in use, and copies one consistent state of it.
      let database = try await OpenDatabase.open(setup.location(of: name), schema: Site.schema, access: .readingOnly)
      try await database.backup(to: folder + "/organization.sqlite")
      await database.close()
    case .postgres(let connection, let database, _):
      try await Self.tool("pg_dump", ["--format=custom", "--no-owner", "--file=\(folder)/dump"], connection, database)
    }
    for part in ["organization.json", "files"] where FileManager.default.fileExists(atPath: place + "/" + part) {
      try FileManager.default.copyItem(atPath: place + "/" + part, toPath: folder + "/" + part)
    }
    print("\(name) was copied to \(folder).")
  }

  /// Runs one of PostgreSQL's own programs on a database of ours.
  static func tool(_ program: String, _ arguments: [String], _ connection: String, _ database: String) async throws {
    let variables = try PostgresTools.environment(connection, name: database)
    let environment = Dictionary(
      variables.map { (Environment.Key(rawValue: $0.key) ?? "", String?.some($0.value)) }, uniquingKeysWith: { first, _ in first })
    do {
      let result = try await Subprocess.run(
        .name(program), arguments: Arguments(arguments), environment: .inherit.updating(environment), output: .discarded, error: .string(limit: 8_192)
      )
      guard result.terminationStatus.isSuccess else { throw Plain("\(program) could not do it: \(result.standardError)") }
    } catch let error as SubprocessError {
      throw Plain("\(program) cannot be run: install postgresql-client. (\(error))")
    }
  }
}

struct Restore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "restore", abstract: "Bring a backup back as an organization that is not there.")
  @ArgumentParser.Argument(help: "The folder of the backup.") var folder: String
  @ArgumentParser.Argument(help: "The name it gets.") var name: String
  @Option(help: "A host it answers for, instead of those it had; may be repeated.") var host: [String] = []
  @OptionGroup var options: DataOption

  func run() async throws {
    let setup = try await Setup.read(data: options.data)
    let world = try World(setup)
    let location = setup.location(of: name)
    let copy = if case .sqlite = location { "organization.sqlite" } else { "dump" }
    for part in [copy, "organization.json"] where !FileManager.default.fileExists(atPath: folder + "/" + part) {
      throw Plain("\(folder) is not a backup for this server: \(part) is not there.")
    }
    guard Slug.isValid(name) else { throw OrganizationFault.badName(name) }
    guard world.organizations.card(name) == nil else { throw OrganizationFault.exists(name) }
    guard let data = FileManager.default.contents(atPath: folder + "/organization.json"),
      var card = try? JSONDecoder().decode(OrganizationCard.self, from: data)
    else { throw Plain("\(folder)/organization.json cannot be read.") }
    if let first = host.first {
      card.hosts = host.map { $0.lowercased() }
      card.origin = (card.origin.hasPrefix("https:") ? "https://" : "http://") + first.lowercased()
    }
    try world.organizations.checkHosts(card, of: name)
    try refuseLinks()
    if case .postgres(let connection, let database, _) = location {
      try await PostgresTools.makeEmpty(connection, name: database)
      try await Backup.tool("pg_restore", ["--no-owner", "--exit-on-error", "--dbname=\(database)", folder + "/" + copy], connection, database)
    }
    // The card last: it is what makes the organization be there.
    let place = world.organizations.folder + "/" + name
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    for part in ["organization.sqlite", "files"] where FileManager.default.fileExists(atPath: folder + "/" + part) {
      try FileManager.default.copyItem(atPath: folder + "/" + part, toPath: place + "/" + part)
    }
    do {
      let database = try await OpenDatabase.open(location, schema: Site.schema, access: .readingAndWriting)
      let problems = try await database.integrity()
      await database.close()
      guard problems.isEmpty else { throw Plain("The backup is damaged: " + problems.joined(separator: "; ")) }
    } catch {
      try? FileManager.default.removeItem(atPath: place)
      throw error
    }
    try world.organizations.write(card, of: name)
    print("\(name) is back.")
  }

  /// A link in a backup that came from elsewhere would publish a file of this machine.
  private func refuseLinks() throws {
    let entries = FileManager.default.enumerator(atPath: folder)
    while let entry = entries?.nextObject() as? String {
      let kind = try FileManager.default.attributesOfItem(atPath: folder + "/" + entry)[.type] as? FileAttributeType
      guard kind == .typeRegular || kind == .typeDirectory else { throw Plain("\(folder)/\(entry) is no file: a backup holds no links.") }
    }
  }
}
