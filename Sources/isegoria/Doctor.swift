import ArgumentParser
import CommonsDomain
import Database
import Foundation
import Mail
import Web

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "doctor", abstract: "Say in plain words what is wrong with the data folder.")
  @OptionGroup var options: DataOption

  func run() async throws {
    let setup = try await Setup.read(data: options.data)
    guard FileManager.default.fileExists(atPath: setup.data) else { throw Plain("The data folder \(setup.data) is not there. Run: isegoria demo") }
    let world = try World(setup)
    var problems: [String] = []
    if world.organizations.names.isEmpty { problems.append("there is no organization; run: isegoria demo, or: isegoria organization create") }
    if let asked = options.organization, !world.organizations.names.contains(asked) { throw Plain("There is no organization \(asked).") }
    for name in world.organizations.names where options.organization == nil || options.organization == name {
      do {
        let database = try await OpenDatabase.open(setup.location(of: name), schema: Site.schema, access: .readingOnly)
        let pending = try await database.pending(Site.schema)
        if !pending.isEmpty { problems.append("\(name): the database waits for \(pending.joined(separator: ", ")); run: isegoria migrate") }
        problems += try await database.integrity().map { "\(name): \($0)" }
        let (failed, settings) = try await database.read { db in (try db.failedJobs(limit: 5), try OrganizationStore.settings(in: db)) }
        problems += failed.map { "\(name): job \($0.id) (\($0.kind)) failed after \($0.attempts) tries: \($0.lastError ?? "")" }
        if settings == nil { problems.append("\(name): the database holds no organization") }
        if let contact = settings?.contact, (try? EmailAddress(contact)) == nil {
          problems.append("\(name): no mail can be sent, since its contact \(contact) is no e-mail address")
        }
        await database.close()
      } catch { problems.append("\(name): the database cannot be used: \(error)") }
    }
    if setup.smtp == nil { print("Note: no SMTP server is set; mails are laid into each organization's mail folder.") }
    if problems.isEmpty { return print("All is well.") }
    for problem in problems { print("- " + problem) }
    throw ExitCode(1)
  }
}
