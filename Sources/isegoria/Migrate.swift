import ArgumentParser

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Bring every database to this program's schema.",
    discussion: "Serving does it as well, on first use. Make a backup first.")
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
