import ArgumentParser
import ChoiceCommands
import CommonsDomain
import Database
import Foundation
import Imports
import Interface
import Localization
import Passwords
import Web

/// Each command says its name in its configuration: to make it of the name of its type takes longer at each start than to read all arguments.
@main
struct Isegoria: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "isegoria", abstract: "Isegoria: consult, deliberate, vote and answer, in the open.",
    discussion: "Begin with `isegoria demo` and `isegoria serve`. Every command explains itself with --help.",
    subcommands: [
      Serve.self, Demo.self, Import.self, Admin.self, OrganizationCommand.self, Migrate.self, Backup.self, Restore.self, Doctor.self, Export.self,
      RoutesCommand.self, Work.self, Bench.self,
    ] + ChoiceCommandList.all)
}

struct DataOption: ParsableArguments {
  @Option(help: "The data folder; ISEGORIA_DATA or var/ otherwise.") var data: String?
  @Option(help: "The organization, where there are several.") var organization: String?
}

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Load the demonstration: the invented town of Ormeval and the real consultation of 2015.",
    discussion: "What is there already is left alone, so it may be run again. All accounts share one password, which is printed.")

  @OptionGroup var options: DataOption

  static let password = "ormeval-demonstration"

  func run() async throws {
    let setup = try await Setup.read(data: options.data)
    let world = try World(setup)
    let town = try Ormeval(json: ServedAssets.bytes("Assets/demonstration/ormeval.json") ?? [])
    let name = "ormeval"
    let origin = setup.publicURL ?? "http://localhost:\(setup.port)"
    let card = OrganizationCard(hosts: ["localhost"], languages: ["fr", "en"], origin: origin)
    if world.organizations.card(name) == nil {
      _ = try await world.organizations.create(name, card: card, settings: town.settings(secret: Secret.bytes(32), now: SystemClock().now()))
    } else {
      try world.organizations.write(card, of: name)
    }
    let organization = try await world.organizations.organization(name)
    let (isLoaded, isImported) = try await organization.database.read { db in
      (try Spaces.isImported(Ormeval.spaceKey, in: db), try Spaces.isImported(RepubliqueNumerique.spaceKey, in: db))
    }
    if !isImported {
      let file = Data(ServedAssets.bytes("Assets/demonstration/republique-numerique.json") ?? [])
      let consultation = try RepubliqueNumerique(json: file, name: "republique-numerique.json", progress: Terminal.progress)
      let summary = try await consultation.run(in: organization.database, progress: Terminal.progress)
      print("République numérique: " + summary.added.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
    }
    if !isLoaded {
      var random = SystemRandomNumberGenerator()
      let hash = try await PasswordHash.hash(Self.password, using: &random).encoded
      _ = try await town.run(in: organization.database, password: hash)
      print("Ormeval: loaded")
    }
    print("Demonstration accounts, all with the password \(Self.password):")
    for account in town.accounts { print("  \(account.role.padding(toLength: 14, withPad: " ", startingAt: 0)) \(account.email)  \(account.name)") }
    await world.organizations.close()
  }
}

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Import from a foreign format.", discussion: "Formats: republique-numerique (the JSON of the 2015 consultation)."
  )

  @ArgumentParser.Argument(help: "The format: republique-numerique.") var format: String
  @ArgumentParser.Argument(help: "The file.") var file: String
  @OptionGroup var options: DataOption

  func run() async throws {
    guard format == "republique-numerique" else { throw Plain("The format \(format) is not known. Known: republique-numerique.") }
    guard let data = FileManager.default.contents(atPath: file) else { throw Plain("\(file) cannot be read. Check the path and its permissions.") }
    let world = try World(try await Setup.read(data: options.data))
    let organization = try await world.organization(options.organization)
    let consultation = try RepubliqueNumerique(json: data, name: file, progress: Terminal.progress)
    let summary = try await consultation.run(in: organization.database, progress: Terminal.progress)
    for (what, amount) in summary.added.sorted(by: { $0.key < $1.key }) { print("\(amount) \(what) imported") }
    if summary.known > 0 { print("\(summary.known) articles were there already and were left alone") }
    await world.organizations.close()
  }
}

struct RoutesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "routes", abstract: "List every route of the site: method and pattern.")

  func run() async throws {
    let world = try World(await Setup.read(data: NSTemporaryDirectory() + "isegoria-routes-\(ProcessInfo.processInfo.processIdentifier)"))
    let doors = Doors(
      organizations: world.organizations, catalogues: world.catalogues, limiter: RateLimiter(), commonPasswords: [],
      pictures: ChildPictures(folder: NSTemporaryDirectory() + "isegoria-pictures"))
    for route in Site.routes(doors, metrics: { "" }) { print(route.description) }
    try? FileManager.default.removeItem(atPath: world.setup.data)
  }
}
