import ArgumentParser
import CommonsDomain
import Database
import Foundation
import Participation

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
