import Foundation
package import Hummingbird
import HTTPTypes
import Localization
package import Logging
import NIOCore

/// What each request carries through the router: who asked, and what the route answered.
package struct DoorContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  private let address: SocketAddress?
  var exchange: Exchange?
  let answer = AnswerBox()

  package init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    address = source.channel.remoteAddress
  }

  /// The address that the connection comes from: a person's, or a proxy's.
  var peer: String { address?.ipAddress ?? "" }
}

/// Where a route leaves its answer for the front door.
final class AnswerBox: @unchecked Sendable {
  var value: Answer?
}

/// HTTP's manners, in the order in which a request meets them: limits, site, language, cache, form, proof of origin, route, headers.
package struct FrontDoor: HTTPResponder {
  package typealias Context = DoorContext

  /// What an operator or a test sets.
  package struct Settings: Sendable {
    /// Addresses of proxies whose `X-Forwarded-For` is believed; the scheme is the one of the site's own address.
    package var trustedProxies: Set<String> = []
    /// Shared with the routes, so that all count in the same buckets.
    package var limiter = RateLimiter()
    /// Milliseconds since 1970, asked once for each request; tests let it stand still.
    package var now: @Sendable () -> Int64 = FrontDoor.now

    package init() {}
  }

  /// Pages for what no route answers: a missing page, a fault; they need the site's own look.
  package protocol ErrorPages: Sendable {
    /// A page for a status; `wait` are seconds after which trying again makes sense.
    func answer(status: Int, exchange: Exchange, wait: Int?) async -> Answer
    /// Words for a thrown error, or nil when it is a fault.
    func answer(error: any Error, exchange: Exchange) async -> Answer?
  }

  /// More header fields or bytes of them are answered 431, a longer path with its query 414.
  static let mostHeaderFields = 64
  static let mostHeaderBytes = 16_384
  static let longestPath = 4_096

  let directory: any SiteDirectory
  let router: any HTTPResponder<DoorContext>
  let errors: any ErrorPages
  let settings: Settings
  let logger: Logger
  let cache = MicroCache()
  let metrics: DoorMetrics

  package init(
    routes: [Route], directory: any SiteDirectory, errors: any ErrorPages, settings: Settings, metrics: DoorMetrics = DoorMetrics(), logger: Logger
  ) {
    self.directory = directory
    self.errors = errors
    self.settings = settings
    self.logger = logger
    self.metrics = metrics
    let table = Router(context: DoorContext.self)
    for route in routes {
      table.on(RouterPath(route.fullPattern), method: .init(rawValue: route.method.rawValue) ?? .get) { _, context in
        guard var exchange = context.exchange else { return Response(status: .internalServerError) }
        exchange = exchange.with(parameters: context.parameters.reduce(into: [:]) { $0[String($1.key)] = $1.value.removingPercentEncoding ?? "" })
        var answer = try await route.handler(exchange)
        // Only what a route declares alike for everyone may be kept, whatever the page thinks of itself.
        if !route.isCached { answer.isPublic = false }
        context.answer.value = answer
        return Response(status: .ok)
      }
    }
    router = table.buildResponder()
  }

  /// Answers every request, faults included; it never throws.
  package func respond(to request: Request, context: DoorContext) async throws -> Response {
    let path = request.uri.path
    if path == "/health/live" { return Response(status: .ok, headers: Self.plain, body: .init(byteBuffer: Self.alive)) }
    if let served = ServedAssets.served[path] { return reply(served, to: request) }
    let start = ContinuousClock.now
    let response = await answered(request, context, path)
    metrics.count(status: Int(response.status.code), seconds: start.duration(to: .now))
    return response
  }

  private static let alive = ByteBuffer(string: "alive\n")
  private static let plain: HTTPFields = [.contentType: "text/plain; charset=utf-8"]

  private func answered(_ request: Request, _ context: DoorContext, _ path: String) async -> Response {
    if let refused = Self.refusal(of: request) { return Self.bare(refused) }
    let host = (request.head.authority ?? "").lowercased()
    guard let site = directory.site(host: host) else { return Self.bare(.misdirectedRequest) }
    let method = Exchange.Method(rawValue: request.method.rawValue)
    guard let method else { return Self.bare(.methodNotAllowed) }
    let now = settings.now()
    let cookies = Cookies(header: request.headers[values: .cookie].joined(separator: ";"))
    let query = (try? FormData.urlEncoded(ArraySlice((request.uri.query ?? "").utf8))) ?? Fields([])
    let (language, rest) = Self.language(in: path, of: site)
    guard let language else {
      if Self.hasNoLanguage(path) {
        return await route(
          request, context, path: path, rest: path, method: method, site: site,
          language: preferred(request, cookies, query, site), cookies: cookies, query: query, now: now)
      }
      return moved(request, cookies, query, site, path)
    }
    return await route(
      request, context, path: path, rest: rest, method: method, site: site, language: language, cookies: cookies, query: query, now: now)
  }

  private func route(
    _ request: Request, _ context: DoorContext, path: String, rest: String, method: Exchange.Method, site: SiteFacts, language: Language,
    cookies: Cookies, query: Fields, now: Int64
  ) async -> Response {
    let isVisitor = cookies[SessionCookie.name(secure: site.isSecure)] == nil && cookies[FlashCookie.name(secure: site.isSecure)] == nil
    let key = method != .post && isVisitor ? "\(site.key)\n\(path)\n\(Self.normalized(query))" : nil
    if let key, let entry = cache.find(key, at: now) { return reply(entry, to: request) }
    let id = Self.requestID()
    let client = ClientAddress.of(
      peer: context.peer, forwarded: request.headers[values: ClientAddress.forwardedFor], trusted: settings.trustedProxies)
    var context = context
    var form = FormData.none
    func exchange() -> Exchange {
      Exchange(
        id: id, method: method, site: site, language: language, path: rest, parameters: [:], query: query, cookies: cookies, form: form,
        client: client,
        userAgent: String(decoding: (request.headers[.userAgent] ?? "").utf8.prefix(300), as: UTF8.self), now: now)
    }
    if method == .post {
      guard Origin.isOwn(request.headers, site: site) else {
        return finish(await errors.answer(status: 403, exchange: exchange(), wait: nil), request, site)
      }
      if let wait = settings.limiter.take(.forms, for: client, at: now) {
        return finish(await errors.answer(status: 429, exchange: exchange(), wait: wait), request, site)
      }
      do {
        form = try await Body.read(request, limit: Self.takesFiles(rest) && !isVisitor ? Self.largestUpload : Self.largestForm)
      } catch let fault as Body.Fault {
        return finish(await errors.answer(status: fault.status, exchange: exchange(), wait: nil), request, site)
      } catch {
        return finish(await errors.answer(status: 400, exchange: exchange(), wait: nil), request, site)
      }
    }
    let asked = exchange()
    context.exchange = asked
    do {
      var head = request.head
      if method == .head { head.method = .get }
      let lookup = Request(head: head, body: .init(buffer: ByteBuffer()))
      _ = try await router.respond(to: lookup, context: context)
      guard let answer = context.answer.value else { return finish(await errors.answer(status: 404, exchange: asked, wait: nil), request, site) }
      if let key, answer.isPublic, answer.cookies.isEmpty, answer.status == 200 {
        return reply(cache.keep(answer, under: key, at: now, secure: site.isSecure), to: request)
      }
      return finish(answer, request, site)
    } catch let error as any HTTPResponseError {
      return finish(await errors.answer(status: Int(error.status.code), exchange: asked, wait: nil), request, site)
    } catch {
      if let answer = await errors.answer(error: error, exchange: asked) { return finish(answer, request, site) }
      logger.error(
        "a request failed", metadata: ["request": .string(id), "route": .string(LogText.clean(rest)), "error": .string(LogText.clean("\(error)"))])
      return finish(await errors.answer(status: 500, exchange: asked, wait: nil), request, site)
    }
  }

  /// The largest form in bytes: an article in three languages, percent-encoded.
  static let largestForm = 600_000
  /// The largest body of a form that organisers send, with an image or a document.
  static let largestUpload = 12_000_000

  private static func takesFiles(_ path: String) -> Bool {
    path.hasPrefix("/admin/") && (path.hasSuffix("/image") || path.hasSuffix("/documents/new"))
  }

  // MARK: Language

  /// The language that stands first in the path, and the path behind it.
  private static func language(in path: String, of site: SiteFacts) -> (Language?, String) {
    let first = path.utf8.dropFirst().prefix { $0 != UInt8(ascii: "/") }
    let tag = String(decoding: first, as: UTF8.self)
    guard let language = site.languages.first(where: { $0.tag == tag }) else { return (nil, path) }
    let rest = String(decoding: path.utf8.dropFirst(1 + first.count), as: UTF8.self)
    return (language, rest.isEmpty ? "/" : rest)
  }

  private static func hasNoLanguage(_ path: String) -> Bool {
    ["/health/", "/metrics", "/robots.txt", "/.well-known/", "/files/", "/assets/", "/favicon.ico"].contains { path.hasPrefix($0) }
  }

  private func preferred(_ request: Request, _ cookies: Cookies, _ query: Fields, _ site: SiteFacts) -> Language {
    if let tag = query["locale"], let language = site.languages.first(where: { $0.tag == tag }) { return language }
    if let tag = cookies[LanguageCookie.name], let language = site.languages.first(where: { $0.tag == tag }) { return language }
    return Language.negotiate(request.headers[.acceptLanguage] ?? "", among: site.languages) ?? site.defaultLanguage
  }

  /// An address without a language leads to the same address with the person's.
  private func moved(_ request: Request, _ cookies: Cookies, _ query: Fields, _ site: SiteFacts, _ path: String) -> Response {
    let language = preferred(request, cookies, query, site)
    let rest = query.pairs.filter { $0.name != "locale" }
    let kept = rest.isEmpty ? "" : "?" + rest.map { Percent.encode($0.name) + "=" + Percent.encode($0.value) }.joined(separator: "&")
    // A language that this site does not speak, or no longer, gives way to one that it does.
    let first = path.dropFirst().prefix { $0 != "/" }
    let place = LanguageName.isKnown(String(first)) ? String(path.dropFirst(1 + first.count)) : path
    var answer = Answer.redirect("/" + language.tag + (place.isEmpty ? "/" : place) + kept, status: 302)
    if query["locale"] == language.tag { answer = answer.with(LanguageCookie.of(language)) }
    answer.extra = [("Vary", "Accept-Language, Cookie")]
    return finish(answer, request, site)
  }

  // MARK: Answers

  private func reply(_ entry: MicroCache.Entry, to request: Request) -> Response {
    if request.headers[.ifNoneMatch] == entry.etag { return Response(status: .notModified, headers: entry.unchanged) }
    let form = Self.takesGzip(request) ? entry.gzip ?? entry.plain : entry.plain
    return Response(status: .ok, headers: form.headers, body: request.method == .head ? .init() : .init(byteBuffer: form.body))
  }

  private static func takesGzip(_ request: Request) -> Bool {
    (request.headers[.acceptEncoding] ?? "").utf8.prefix(200).split(separator: UInt8(ascii: ",")).contains {
      $0.drop { $0 == 0x20 }.starts(with: "gzip".utf8)
    }
  }

  private func finish(_ answer: Answer, _ request: Request, _ site: SiteFacts) -> Response {
    var headers = SecurityHeaders.fields(secure: site.isSecure)
    headers[.contentType] = answer.type
    headers[.cacheControl] =
      answer.isForever ? "public, max-age=31536000, immutable" : answer.staysBehind ? "private, no-cache" : "private, no-store"
    headers[.vary] = "Accept-Encoding, Cookie"
    if let location = answer.location { headers[.location] = location }
    for cookie in answer.cookies { headers.append(HTTPField(name: .setCookie, value: SetCookie.text(cookie, secure: site.isSecure))) }
    for (name, value) in answer.extra { if let name = HTTPField.Name(name) { headers[name] = value } }
    var bytes = answer.bytes
    let isText = answer.type.hasPrefix("text/") || answer.type.hasPrefix("application/json")
    // Pages of one person are compressed, too: none repeats what others typed beside a secret. See docs/security.md, BREACH.
    if isText, bytes.count > 1_400, Self.takesGzip(request), let small = Gzip.compress(bytes, level: 4) {
      bytes = small
      headers[.contentEncoding] = "gzip"
    }
    headers[.contentLength] = String(bytes.count)
    let body: ResponseBody = request.method == .head || bytes.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(bytes: bytes))
    return Response(status: .init(code: answer.status), headers: headers, body: body)
  }

  private static func bare(_ status: HTTPResponse.Status) -> Response {
    var headers = SecurityHeaders.fields(secure: false)
    headers[.contentType] = "text/plain; charset=utf-8"
    return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: "\(status.code)\n")))
  }

  /// What is refused before anything else is looked at.
  private static func refusal(of request: Request) -> HTTPResponse.Status? {
    if request.head.path?.utf8.count ?? 0 > longestPath { return .uriTooLong }
    var bytes = 0
    var fields = 0
    for field in request.headers {
      bytes += field.name.rawName.utf8.count + field.value.utf8.count
      fields += 1
    }
    if fields > mostHeaderFields || bytes > mostHeaderBytes { return .requestHeaderFieldsTooLarge }
    let path = request.uri.path
    if path.utf8.contains(0) || path.contains("%00") { return .badRequest }
    // One host, said once. (NIO takes the first Host line out of the headers, and the host out of a request line of absolute form.)
    if request.head.path?.utf8.first != UInt8(ascii: "/") || request.headers.contains(where: { $0.name.canonicalName == "host" }) {
      return .badRequest
    }
    if let authority = request.head.authority, !authority.utf8.allSatisfy(isOfHost) { return .badRequest }
    return nil
  }

  /// What a name, an address and a port are written with; `a@b` is none.
  private static func isOfHost(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"): true
    default: false
    }
  }

  private static func normalized(_ query: Fields) -> String {
    query.pairs.filter { !$0.name.hasPrefix("utm_") }.sorted { $0.name < $1.name }.map { Percent.encode($0.name) + "=" + Percent.encode($0.value) }
      .joined(separator: "&")
  }

  @Sendable private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  private static func requestID() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }
}

extension Exchange {
  func with(parameters: [String: String]) -> Exchange {
    Exchange(
      id: id, method: method, site: site, language: language, path: path, parameters: parameters, query: query, cookies: cookies, form: form,
      client: client, userAgent: userAgent, now: now)
  }
}
