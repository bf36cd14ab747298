import ArgumentParser
import CommonsDomain
import Database
import Foundation
import Participation
import Web

struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a space's public contributions and totals as JSON.",
    discussion: "What is hidden or withdrawn is not in it; votes are numbers only. It may run beside the server.")
  @ArgumentParser.Argument(help: "The slug of the space.") var space: String
  @OptionGroup var options: DataOption

  func run() async throws {
    let setup = try await Setup.read(data: options.data)
    let world = try World(setup)
    let name = try world.name(options.organization)
    guard world.organizations.names.contains(name) else { throw Plain("There is no organization \(name).") }
    // Beside a server that runs: nothing is written.
    let database = try await OpenDatabase.open(setup.location(of: name), schema: Site.schema, access: .readingOnly)
    let slug = space
    let bytes = try await database.read { db in
      guard let space = try Spaces.space(slug: slug, in: db), space.isPublished else { throw Plain("There is no published space \(slug).") }
      return try OpenData.of(space, in: db).json
    }
    FileHandle.standardOutput.write(Data(bytes + [10]))
    await database.close()
  }
}
