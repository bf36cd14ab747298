import ArgumentParser
import CommonsDomain
import Database
import Foundation
import Hummingbird
import Localization
import NIOCore
import Participation
import Web

/// What `Benchmarks/run` needs of the program itself: data to measure on, and a bare server to compare with.
struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Fill and serve what Benchmarks/run measures.", shouldDisplay: false, subcommands: [Fill.self, ServeBare.self])

  static let slug = "bench"

  struct Fill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "fill",
      abstract: "Fill a new organization with generated proposals, people and votes; the same each time but for the session cookies.")
    @Option(help: "The organization to make.") var name = "bench"
    @Option(help: "The host it answers for.") var host = "localhost"
    @Option(help: "How many proposals.") var proposals = 40_000
    @Option(help: "How many votes on them.") var votes = 400_000
    @Option(help: "The file that gets session cookies, one a line, each of another person.") var cookies: String?
    @Option(help: "How many session cookies.") var sessions = 256
    @Option(help: "The data folder.") var data: String?

    func run() async throws {
      guard proposals > 0, votes >= 0, sessions >= 0 else { throw Plain("Counts are not negative, and there is at least one proposal.") }
      let world = try World(try await Setup.read(data: data))
      let organization = try await world.organizations.create(
        name, card: OrganizationCard(hosts: [host], languages: ["fr", "en"], origin: "http://\(host)"), settings: BenchData.settings())
      let fill = BenchData(proposals: proposals, votes: votes, people: max(sessions, votes / 8, 1))
      let summary = try await fill.run(in: organization.database)
      var tokens: [String] = []
      for person in fill.firstPeople(sessions) {
        let token = Secret.token()
        try await organization.database.write { try Sessions.start(token, for: person, device: "benchmark", in: $0) }
        tokens.append(token)
      }
      if let cookies {
        let bytes = Data((tokens.joined(separator: "\n") + "\n").utf8)
        guard FileManager.default.createFile(atPath: cookies, contents: bytes, attributes: [.posixPermissions: 0o600]) else {
          throw Plain("\(cookies) cannot be written.")
        }
      }
      try await organization.database.checkpoint()
      print("component \(summary.component)\nfirst \(summary.first)\nproposals \(proposals)\nvotes \(summary.votes)\npeople \(fill.people)")
      await world.organizations.close()
    }
  }

  struct ServeBare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "serve-bare",
      abstract: "Serve the baseline: `/` answers six bytes, `/constant` many, `/list` runs the list page's statements; nothing of ours around it.")
    @Option(help: "The port to listen on, on loopback.") var port: Int
    @Option(help: "The SQLite file whose list is read; it may be in use.") var database: String
    @Option(help: "How many bytes `/constant` and `/list` answer.") var bytes = 40_000

    func run() async throws {
      let database = try await OpenDatabase.open(.sqlite(path: database), schema: Site.schema, access: .readingOnly)
      let router = Router(context: BasicRequestContext.self)
      let small = ByteBuffer(string: "alive\n")
      let large = ByteBuffer(repeating: UInt8(ascii: "x"), count: bytes)
      let bytes = bytes
      router.get("/") { _, _ in Response(status: .ok, body: .init(byteBuffer: small)) }
      router.get("/constant") { _, _ in Response(status: .ok, body: .init(byteBuffer: large)) }
      router.get("/list") { _, _ in
        let titles = try await database.read { try BenchData.listTitles(in: $0) }
        var body = ByteBuffer()
        body.reserveCapacity(bytes)
        for title in titles { body.writeString(title) }
        body.writeRepeatingByte(UInt8(ascii: " "), count: max(0, bytes - body.readableBytes))
        return Response(status: .ok, body: .init(byteBuffer: body))
      }
      try await Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: nil)).runService()
      await database.close()
    }
  }
}
