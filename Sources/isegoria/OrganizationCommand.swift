import ArgumentParser
import CommonsDomain
import Database
import Localization
import Mail

struct OrganizationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "organization", abstract: "Organizations of this server: create, list, remove.", subcommands: [Create.self, List.self, Remove.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "create", abstract: "Make an organization and print the link that sets up its first administrator.")
    @ArgumentParser.Argument(help: "Its name: lower-case letters, digits, hyphens; the name of its folder.") var name: String
    @Option(help: "A host it answers for; may be given several times.") var host: [String]
    @Option(help: "What it is called on its pages.") var title: String?
    @Option(help: "The address that mails come from and that people write to; contact@HOST otherwise.") var contact: String?
    @Option(help: "Its time zone.") var zone = "Europe/Paris"
    @OptionGroup var options: DataOption

    func run() async throws {
      guard !host.isEmpty else { throw Plain("Say at least one --host HOST.") }
      guard Zone(zone) != nil else { throw Plain("\(zone) is no time zone; use one like Europe/Paris.") }
      let setup = try await Setup.read(data: options.data)
      let world = try World(setup)
      let hosts = host.map { $0.lowercased() }
      let taken = hosts.first { world.organizations.name(host: $0) != nil }
      if let taken { throw Plain("\(taken) already belongs to \(world.organizations.name(host: taken) ?? "").") }
      let typed = self.contact ?? "contact@" + (hosts[0].split(separator: ":").first.map(String.init) ?? "")
      guard let contact = try? EmailAddress(typed) else {
        throw Plain("\(typed) is not an e-mail address, and mails need one to come from. Say it with --contact ADDRESS.")
      }
      let now = SystemClock().now()
      let settings = OrganizationSettings(
        name: title ?? name, tagline: LocalizedText("", in: .french), description: LocalizedText("", in: .french), brand: .standard,
        languages: [.french, .english], zone: zone, contact: contact.text,
        publisher: "",
        publicationDirector: "", hostingProvider: "", termsVersion: 1, termsChangedAt: now, audit: .none, auditedOn: nil, isDemonstration: false,
        secret: Secret.bytes(32))
      let isPlain = setup.publicURL == nil && setup.isLoopback
      let origin = isPlain ? "http://\(hosts[0]):\(setup.port)" : "https://\(hosts[0])"
      let organization = try await world.organizations.create(
        name, card: OrganizationCard(hosts: hosts, languages: ["fr", "en"], origin: origin), settings: settings)
      let token = Secret.token()
      try await organization.database.write { db in try SetupLinks.make(token, in: db) }
      print("\(name) is there. Its first administrator sets it up at, within seven days and once:")
      print("  \(organization.origin)/fr/setup/\(token)")
      await world.organizations.close()
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the organizations with their hosts.")
    @OptionGroup var options: DataOption

    func run() async throws {
      let world = try World(try await Setup.read(data: options.data))
      if world.organizations.names.isEmpty { print("There is none yet. Run: isegoria organization create NAME --host HOST") }
      for name in world.organizations.names { print("\(name)\t\(world.organizations.card(name)?.hosts.joined(separator: ", ") ?? "")") }
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove an organization with all its data.")
    @ArgumentParser.Argument(help: "Its name.") var name: String
    @Flag(help: "Yes, remove it for good.") var yes = false
    @OptionGroup var options: DataOption

    func run() async throws {
      guard yes else { throw Plain("This removes all of \(name) for good. Back it up with `isegoria backup`, then pass --yes.") }
      let world = try World(try await Setup.read(data: options.data))
      try await world.organizations.remove(name)
      print("\(name) is gone.")
    }
  }
}
