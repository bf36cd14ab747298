package import Localization

/// What a site is to the front door: enough to choose a language and to know its own address.
package struct SiteFacts: Sendable, Hashable {
  /// Tells organizations apart; part of every cache key.
  package let key: String
  package let languages: [Language]
  /// Scheme, host and port of the site's own address, without a slash: what links in mails begin with.
  package let origin: String

  package init(key: String, languages: [Language], origin: String) {
    self.key = key
    self.languages = languages
    self.origin = origin
  }

  /// The first language, for whoever asks for none of them.
  package var defaultLanguage: Language { languages.first ?? .french }
  /// Whether its own address is `https`: cookies are then `Secure`, whatever a proxy says.
  package var isSecure: Bool { origin.utf8.starts(with: "https://".utf8) }
}

/// Which site answers for a host; nil: none here.
package protocol SiteDirectory: Sendable {
  /// - Parameter host: as the request names it, in small letters, with its port if there is one.
  func site(host: String) -> SiteFacts?
}

/// One request, as routes see it: checked, decoded once, with its language and site known.
package struct Exchange: Sendable {
  /// What is answered; every other method is refused with 405.
  package enum Method: String, Sendable { case get = "GET", head = "HEAD", post = "POST" }

  /// Tells this request apart in logs and on error pages.
  package let id: String
  package let method: Method
  package let site: SiteFacts
  package let language: Language
  /// The path without the language: `/processes/x`.
  package let path: String
  /// What stands in the places of the route's pattern, by name, percent-decoded.
  package let parameters: [String: String]
  /// The query, decoded; empty where it holds too many fields.
  package let query: Fields
  package let cookies: Cookies
  /// What was sent; empty unless `method` is POST.
  package let form: FormData
  /// The network address of whoever asks, as far as trusted proxies tell.
  package let client: String
  /// What the browser calls itself, at most 300 bytes; shown to its owner in the list of sessions.
  package let userAgent: String
  /// Milliseconds since 1970.
  package let now: Int64

  /// A parameter of the path that is a positive whole number.
  package func number(_ name: String) -> Int64? {
    guard let text = parameters[name], text.utf8.count <= 18, !text.isEmpty, text.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
    return Int64(text)
  }
}

/// Names and values as they came, decoded once; the first of a name counts.
package struct Fields: Sendable, Hashable {
  package let pairs: [(name: String, value: String)]

  package init(_ pairs: [(name: String, value: String)]) { self.pairs = pairs }

  /// The first value of a name.
  package subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

  /// All values of a name, in order.
  package func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

  package static func == (left: Fields, right: Fields) -> Bool { left.pairs.elementsEqual(right.pairs) { $0 == $1 } }
  package func hash(into hasher: inout Hasher) { for pair in pairs { hasher.combine(pair.name); hasher.combine(pair.value) } }

  /// A page number from the address: 1 to 100,000, anything else is 1.
  package var page: Int {
    guard let text = self["page"], text.utf8.count <= 6, let number = Int(text) else { return 1 }
    return min(max(number, 1), 100_000)
  }
}

/// The cookies of a request. A name that comes twice is taken as not sent: which of the two is ours nobody can tell.
package struct Cookies: Sendable {
  private let values: [String: String]

  /// Reads `Cookie` headers joined by `;`: the first 40 cookies of the first 8,192 bytes. A value with other than visible ASCII, with a quote or a
  /// `%` is left out.
  package init(header: String) {
    var values: [String: String] = [:]
    var twice: Set<String> = []
    for part in header.utf8.prefix(8192).split(separator: UInt8(ascii: ";")).prefix(40) {
      let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2 else { continue }
      let name = String(decoding: halves[0].drop { $0 == 0x20 }, as: UTF8.self)
      let isPlain = halves[1].allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "%") }
      guard isPlain else { continue }
      if values[name] != nil { twice.insert(name) }
      values[name] = String(decoding: halves[1], as: UTF8.self)
    }
    for name in twice { values[name] = nil }
    self.values = values
  }

  /// The value of a cookie, as it was sent.
  package subscript(name: String) -> String? { values[name] }
}
