import Encodings
import Foundation
package import Localization
import Hummingbird
import HTTPTypes
import NIOCore

/// The cookie of a session. `__Host-` needs TLS; over plain http, which is served on loopback only, the prefix is missing.
package enum SessionCookie {
  /// - Parameter secure: whether the site's own address is `https`.
  package static func name(secure: Bool) -> String { secure ? "__Host-session" : "session" }
}

/// A word for the next page ("your vote is counted"), shown once.
package enum FlashCookie {
  /// - Parameter secure: whether the site's own address is `https`.
  package static func name(secure: Bool) -> String { secure ? "__Host-flash" : "flash" }
}

/// The language that a reader chose, for addresses that name none.
package enum LanguageCookie {
  static let name = "language"

  /// Kept for a year.
  package static func of(_ language: Language) -> Answer.Cookie { .init(name, language.tag, age: 365 * 86_400) }

  /// The address that chooses a language for a page: it keeps the choice and leads there.
  /// - Parameter path: the page's own, without language.
  static func choosing(_ language: Language, at path: String) -> String {
    path + (path.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + "locale=" + language.tag
  }
}

enum SetCookie {
  static func text(_ cookie: Answer.Cookie, secure: Bool) -> String {
    var text = "\(cookie.name)=\(cookie.value); Path=/; HttpOnly; SameSite=Lax"
    if secure { text += "; Secure" }
    if let age = cookie.age { text += "; Max-Age=\(age)" }
    return text
  }
}

enum SecurityHeaders {
  /// No page has a script: none may run.
  private static let policy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

  private static let plain: HTTPFields = {
    var fields = HTTPFields()
    fields[.contentSecurityPolicy] = policy
    fields[.xContentTypeOptions] = "nosniff"
    if let name = HTTPField.Name("Referrer-Policy") { fields[name] = "same-origin" }
    if let name = HTTPField.Name("X-Frame-Options") { fields[name] = "DENY" }
    if let name = HTTPField.Name("Cross-Origin-Opener-Policy") { fields[name] = "same-origin" }
    if let name = HTTPField.Name("Cross-Origin-Resource-Policy") { fields[name] = "same-origin" }
    if let name = HTTPField.Name("Permissions-Policy") { fields[name] = "camera=(), microphone=(), geolocation=(), interest-cohort=()" }
    return fields
  }()

  private static let secured: HTTPFields = {
    var fields = plain
    fields[.strictTransportSecurity] = "max-age=31536000; includeSubDomains"
    return fields
  }()

  static func fields(secure: Bool) -> HTTPFields { secure ? secured : plain }
}

/// Whether a form was sent from a page of this site. Browsers say so; what says nothing at all carries no cookie worth stealing.
enum Origin {
  private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")

  /// `Sec-Fetch-Site` decides, where it is there; else `Origin`; else only a request without any cookie passes (decision 0004).
  static func isOwn(_ headers: HTTPFields, site: SiteFacts) -> Bool {
    if let fetchSite, let value = headers[fetchSite] { return value == "same-origin" }
    if let origin = headers[.origin] { return origin == site.origin }
    return headers[.cookie] == nil
  }
}

/// Reading a form's body within its limits of size and time.
enum Body {
  enum Fault: Error {
    case tooLarge, tooSlow
    var status: Int {
      switch self {
      case .tooLarge: 413
      case .tooSlow: 408
      }
    }
  }

  /// How long a body may take to arrive.
  static let seconds = 30

  /// - Throws: ``Fault`` for a body that is too large or too slow, `FormData.Fault` for one that is no form.
  static func read(_ request: Request, limit: Int) async throws -> FormData {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw Fault.tooLarge }
    let body = request.body
    let bytes = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      group.addTask {
        do {
          return Array(buffer: try await body.collect(upTo: limit))
        } catch is NIOTooManyBytesError {
          throw Fault.tooLarge
        }
      }
      group.addTask {
        try await Task.sleep(for: .seconds(seconds))
        throw Fault.tooSlow
      }
      defer { group.cancelAll() }
      return try await group.next() ?? []
    }
    return try FormData(body: bytes, type: request.headers[.contentType] ?? "")
  }
}

/// Text within an address.
package enum Percent {
  /// Percent-encodes all but unreserved bytes (RFC 3986).
  package static func encode(_ text: String) -> String {
    var output: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): output.append(byte)
      default:
        output.append(UInt8(ascii: "%"))
        Hexadecimal.append(byte, to: &output, capitals: true)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}

/// Text from outside on one line of a log, without control bytes.
package enum LogText {
  /// At most 600 bytes; each control byte becomes a space.
  package static func clean(_ text: String) -> String {
    String(decoding: text.utf8.prefix(600).map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
  }
}
