import CommonsDomain
import Database
import Foundation
import HTTPTypes
import Hummingbird
import Interface
import Localization
import Logging
import NIOEmbedded
import Web

/// The town's pages, asked through the front door, in this process.
struct TownSite: Sendable {
  static let host = "ormeval.example"

  let town: Town
  let door: FrontDoor
  let routes: [Route]

  struct Directory: SiteDirectory {
    func site(host: String) -> SiteFacts? {
      host == TownSite.host ? SiteFacts(key: "ormeval", languages: [.french, .english], origin: "https://" + host) : nil
    }
  }

  struct Reply: Sendable {
    let status: Int
    let headers: [String: String]
    let text: String
  }

  /// Takes whatever begins with a picture's first bytes: decoding has tests of its own.
  private struct TrustingPictures: PictureWorks {
    static let start = Array("\u{89}PNG".unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
    func picture(from bytes: [UInt8]) async throws -> Picture? {
      bytes.starts(with: Self.start) ? Picture(bytes: bytes, mediaType: "image/png", width: 16, height: 9) : nil
    }
  }

  /// - Parameter extra: routes that stand before those of the site.
  static func open(_ town: Town, extra: [Route] = []) async throws -> TownSite {
    let place = town.folder + "/organizations/ormeval"
    try FileManager.default.createDirectory(atPath: place + "/files", withIntermediateDirectories: true)
    let card = OrganizationCard(hosts: [host], languages: ["fr", "en"], origin: "https://" + host)
    try JSONEncoder().encode(card).write(to: URL(fileURLWithPath: place + "/organization.json"))
    let organizations = try OrganizationDirectory(data: town.folder) { _, _ in town.database }
    let catalogues = try ["fr", "en"].map { try Catalogue(language: Language($0), json: ServedAssets.bytes("Locales/\($0).json") ?? []) }
    let limiter = RateLimiter(factor: 1_000)
    let doors = Doors(
      organizations: organizations, catalogues: catalogues, limiter: limiter, commonPasswords: ["password"], pictures: TrustingPictures())
    var settings = FrontDoor.Settings()
    settings.limiter = limiter
    settings.now = { town.database.clock.now().milliseconds }
    let routes = extra + Site.routes(doors) { "" }
    var logger = Logger(label: "town")
    logger.logLevel = .critical
    return TownSite(
      town: town, door: FrontDoor(routes: routes, directory: Directory(), errors: SiteErrorPages(doors), settings: settings, logger: logger),
      routes: routes)
  }

  /// Signs someone in, with the second factor shown; returns the cookie's token.
  func signIn(_ person: PersonID, secondFactor: Bool = true) async throws -> String {
    let token = Secret.token()
    try await town.database.write { db in
      try Sessions.start(token, for: person, device: "Firefox", in: db)
      if secondFactor, let found = try Sessions.find(token, excusedFromSecondFactor: false, terms: 1, in: db) {
        try Sessions.showSecondFactor(found.session, in: db)
      }
    }
    return token
  }

  func get(_ path: String, as token: String? = nil, headers: [String: String] = [:]) async throws -> Reply {
    try await send("GET", path, token, headers, [])
  }

  func post(_ path: String, _ fields: [(String, String)], as token: String? = nil, headers: [String: String] = ["Sec-Fetch-Site": "same-origin"])
    async throws -> Reply
  {
    let body = fields.map { Percent.encode($0.0) + "=" + Percent.encode($0.1) }.joined(separator: "&")
    return try await send("POST", path, token, headers.merging(["Content-Type": "application/x-www-form-urlencoded"]) { $1 }, Array(body.utf8))
  }

  /// Sends a form with one file in it.
  func post(_ path: String, _ fields: [(String, String)], file: (name: String, bytes: [UInt8]), as token: String?) async throws -> Reply {
    var body: [UInt8] = []
    for (name, value) in fields { body += Array("--border\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8) }
    body += Array("--border\r\nContent-Disposition: form-data; name=\"\(file.name)\"; filename=\"f.bin\"\r\n\r\n".utf8)
    body += file.bytes + Array("\r\n--border--\r\n".utf8)
    return try await send(
      "POST", path, token, ["Sec-Fetch-Site": "same-origin", "Content-Type": "multipart/form-data; boundary=border"], body)
  }

  func send(_ method: String, _ path: String, _ token: String?, _ headers: [String: String], _ body: [UInt8]) async throws -> Reply {
    var head = HTTPRequest(method: .init(rawValue: method) ?? .get, scheme: "https", authority: Self.host, path: path)
    for (name, value) in headers { if let name = HTTPField.Name(name) { head.headerFields[name] = value } }
    if let token { head.headerFields[.cookie] = "__Host-session=" + token }
    let context = DoorContext(source: ApplicationRequestContextSource(channel: Self.channel, logger: Logger(label: "town")))
    let response = try await door.respond(to: Request(head: head, body: .init(buffer: ByteBuffer(bytes: body))), context: context)
    let kept = Kept()
    try await response.body.write(Writer(kept: kept))
    let fields = response.headers.map { ($0.name.rawName.lowercased(), $0.value) }
    return Reply(
      status: Int(response.status.code), headers: Dictionary(fields, uniquingKeysWith: { $0 + "; " + $1 }),
      text: String(decoding: kept.bytes, as: UTF8.self))
  }

  /// Asked for its address only, from any thread.
  private static let channel = NIOAsyncTestingChannel()

  private final class Kept: @unchecked Sendable { var bytes: [UInt8] = [] }

  private struct Writer: ResponseBodyWriter {
    let kept: Kept
    mutating func write(_ buffer: ByteBuffer) async throws { kept.bytes += Array(buffer.readableBytesView) }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
  }

  /// Every address that can be read, with the names in its pattern filled in.
  func addresses(_ filled: [String: String], languages: [String] = ["fr", "en"]) -> [String] {
    routes.filter { $0.method == .get }.flatMap { route -> [String] in
      let parts = route.pattern.split(separator: "/").map { part in
        part.hasPrefix(":")
          ? filled[route.pattern.contains("/admin/") || route.pattern.contains("/account") ? "admin" + part : String(part)]
            ?? filled[String(part)] ?? "1" : String(part)
      }
      let path = "/" + parts.joined(separator: "/")
      return route.hasLanguage ? languages.map { "/" + $0 + (path == "/" ? "/" : path) } : [path]
    }
  }
}
