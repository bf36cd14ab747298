import ArgumentParser
import CommonsDomain
import Database
import Mail

struct Admin: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "admin", abstract: "Accounts from the command line.", subcommands: [Create.self, GrantRole.self, Reset.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "Make an account that administers the organization.")
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
      commandName: "reset", abstract: "Take password and second factor away and end all sessions, for someone locked out.",
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
