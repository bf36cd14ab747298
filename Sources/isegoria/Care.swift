import ArgumentParser
import CommonsDomain
import Database
import Foundation
import Interface
import Localization
import Mail
import Participation
import Passwords
import Web

struct Admin: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Accounts from the command line.", subcommands: [Create.self, GrantRole.self, Reset.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make an account that administers the organization.")
    @ArgumentParser.Argument(help: "The e-mail address.") var email: String
    @Option(help: "The name to show.") var name: String
    @OptionGroup var options: DataOption

    func run() async throws {
      let address = try Admin.address(email)
      guard let name = DisplayName.clean(name) else { throw Plain("\(name) cannot be a name: use up to 60 letters.") }
      let world = try World(try await Setup.read(data: options.data))
      let organization = try await world.organization(options.organization)
      let terms = organization.settings.termsVersion
      let language = organization.settings.defaultLanguage
      try await organization.database.write { db in
        let id =
          try People.find(email: address.key, in: db)?.id
          ?? People.join(email: address.text, key: address.key, name: name, language: language, termsVersion: terms, in: db)
        try Grants.grantAsOperator(Grant(.administrator), to: id, in: db)
      }
      print("\(address.text) administers \(organization.name). Sign in at \(organization.origin)/ with a code sent by mail.")
      await world.organizations.close()
    }
  }

  struct GrantRole: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "grant", abstract: "Give a role to an account.")
    @ArgumentParser.Argument(help: "The e-mail address of the account.") var email: String
    @ArgumentParser.Argument(help: "administrator, organiser, moderator, service, authority, guarantor or agent.") var role: String
    @Option(help: "The slug of the space it is for; everywhere otherwise.") var space: String?
    @OptionGroup var options: DataOption

    func run() async throws {
      guard let role = Role(rawValue: role) else {
        throw Plain("\(role) is no role. Roles: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
      }
      let address = try Admin.address(email)
      let world = try World(try await Setup.read(data: options.data))
      let organization = try await world.organization(options.organization)
      let slug = space
      try await organization.database.write { db in
        guard let person = try People.find(email: address.key, in: db) else { throw Plain("There is no account with \(address.text).") }
        let space = try slug.map { slug in
          guard let space = try Spaces.space(slug: slug, in: db) else { throw Plain("There is no space \(slug).") }
          return space.id
        }
        try Grants.grantAsOperator(Grant(role, in: space), to: person.id, in: db)
      }
      print("\(address.text) is \(role.rawValue)\(space.map { " of " + $0 } ?? "").")
      await world.organizations.close()
    }
  }

  struct Reset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take password and second factor away and end all sessions, for someone locked out.",
      discussion: "The person then signs in with a code sent by mail and sets both up anew.")
    @ArgumentParser.Argument(help: "The e-mail address of the account.") var email: String
    @OptionGroup var options: DataOption

    func run() async throws {
      let address = try Admin.address(email)
      let world = try World(try await Setup.read(data: options.data))
      let organization = try await world.organization(options.organization)
      try await organization.database.write { db in
        guard let person = try People.find(email: address.key, in: db) else { throw Plain("There is no account with \(address.text).") }
        try People.setPassword(nil, of: person.id, in: db)
        try SecondFactor.remove(from: person.id, in: db)
        try Sessions.endAll(of: person.id, but: nil, in: db)
        try MailedCodes.endAll(of: person.id, in: db)
      }
      print("\(address.text) was reset. Sign in with a code sent by mail.")
      await world.organizations.close()
    }
  }

  static func address(_ text: String) throws -> EmailAddress {
    guard let address = try? EmailAddress(text) else { throw Plain("\(text) is not an e-mail address.") }
    return address
  }
}

struct OrganizationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "organization", abstract: "Organizations of this server: create, list, remove.", subcommands: [Create.self, List.self, Remove.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make an organization and print the link that sets up its first administrator.")
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
    static let configuration = CommandConfiguration(abstract: "List the organizations with their hosts.")
    @OptionGroup var options: DataOption

    func run() async throws {
      let world = try World(try await Setup.read(data: options.data))
      if world.organizations.names.isEmpty { print("There is none yet. Run: isegoria organization create NAME --host HOST") }
      for name in world.organizations.names { print("\(name)\t\(world.organizations.card(name)?.hosts.joined(separator: ", ") ?? "")") }
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Remove an organization with all its data.")
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

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring every database to this program's schema.", discussion: "Serving does it as well, on first use. Make a backup first.")
  @OptionGroup var options: DataOption

  func run() async throws {
    let world = try World(try await Setup.read(data: options.data))
    for (index, name) in world.organizations.names.enumerated() {
      _ = try await world.organizations.organization(name)
      Terminal.progress(index + 1, world.organizations.names.count, "databases are up to date")
    }
    await world.organizations.close()
  }
}

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Say in plain words what is wrong with the data folder.")
  @OptionGroup var options: DataOption

  func run() async throws {
    let setup = try await Setup.read(data: options.data)
    guard FileManager.default.fileExists(atPath: setup.data) else { throw Plain("The data folder \(setup.data) is not there. Run: isegoria demo") }
    let world = try World(setup)
    var problems: [String] = []
    if world.organizations.names.isEmpty { problems.append("there is no organization; run: isegoria demo, or: isegoria organization create") }
    for name in world.organizations.names {
      do {
        let database = try await OpenDatabase.open(setup.location(of: name), schema: Site.schema, access: .readingOnly)
        problems += try await database.integrity().map { "\(name): \($0)" }
        let (failed, settings) = try await database.read { db in (try db.failedJobs(limit: 5), try OrganizationStore.settings(in: db)) }
        problems += failed.map { "\(name): job \($0.id) (\($0.kind)) failed after \($0.attempts) tries: \($0.lastError ?? "")" }
        if settings == nil { problems.append("\(name): the database holds no organization") }
        if let contact = settings?.contact, (try? EmailAddress(contact)) == nil {
          problems.append("\(name): no mail can be sent, since its contact \(contact) is no e-mail address")
        }
        await database.close()
      } catch { problems.append("\(name): the database cannot be opened: \(error)") }
    }
    if setup.smtp == nil { print("Note: no SMTP server is set; mails are laid into each organization's mail folder.") }
    if problems.isEmpty { return print("All is well.") }
    for problem in problems { print("- " + problem) }
    throw ExitCode(1)
  }
}

struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a space's public contributions and totals as JSON.",
    discussion: "What is hidden or withdrawn is not in it; votes are numbers only.")
  @ArgumentParser.Argument(help: "The slug of the space.") var space: String
  @OptionGroup var options: DataOption

  func run() async throws {
    let world = try World(try await Setup.read(data: options.data))
    let organization = try await world.organization(options.organization)
    let slug = space
    let bytes = try await organization.database.read { db in
      guard let space = try Spaces.space(slug: slug, in: db), space.isPublished else { throw Plain("There is no published space \(slug).") }
      return try OpenData.of(space, in: db).json
    }
    FileHandle.standardOutput.write(Data(bytes + [10]))
    await world.organizations.close()
  }
}
