package import HTML

/// What a route answers.
package struct Answer: Sendable {
  /// A cookie to set. It gets `Path=/`, `HttpOnly` and `SameSite=Lax`, on https `Secure`; name and value are written as they are.
  package struct Cookie: Sendable {
    package let name: String
    package let value: String
    /// Seconds it is kept; 0 forgets it, nil keeps it until the browser closes.
    package let age: Int?

    package init(_ name: String, _ value: String, age: Int?) {
      self.name = name
      self.value = value
      self.age = age
    }
  }

  /// The HTTP status.
  package var status: Int
  /// The media type, with its character set for text.
  package var type: String
  package var bytes: [UInt8]
  /// Where the browser goes on; nil for an answer that is looked at.
  package var location: String?
  package var cookies: [Cookie] = []
  /// More headers, written last; what is no header's name is left out.
  package var extra: [(name: String, value: String)] = []
  /// Alike for everyone: may be kept for a second and given to others. Never with a cookie, a token or anything of one person.
  package var isPublic = false
  /// The browser that asked may show it again when one goes back: the answer to a form, of a visitor, that holds nothing but what was typed.
  package var staysBehind = false
  /// Kept by browsers for a year: content whose address holds its hash.
  package var isForever = false

  package init(status: Int = 200, type: String, bytes: [UInt8]) {
    self.status = status
    self.type = type
    self.bytes = bytes
  }

  /// A page of HTML; public only with status 200.
  package static func page(_ page: HTML, status: Int = 200, isPublic: Bool = false) -> Answer {
    var answer = Answer(status: status, type: "text/html; charset=utf-8", bytes: page.bytes)
    answer.isPublic = isPublic && status == 200
    return answer
  }

  /// Plain text in UTF-8.
  package static func text(_ text: String, status: Int = 200) -> Answer {
    Answer(status: status, type: "text/plain; charset=utf-8", bytes: Array(text.utf8))
  }

  /// JSON that was written already.
  package static func json(_ bytes: [UInt8], status: Int = 200) -> Answer { Answer(status: status, type: "application/json", bytes: bytes) }

  /// After a form: the browser gets the next page. Only a path of this site is followed.
  package static func redirect(_ path: String, status: Int = 303) -> Answer {
    var answer = Answer(status: status, type: "text/plain; charset=utf-8", bytes: [])
    answer.location = LocalPath.isSafe(path) ? path : "/"
    return answer
  }

  /// The same answer with a cookie, hence not public.
  package func with(_ cookie: Cookie) -> Answer {
    var answer = self
    answer.cookies.append(cookie)
    answer.isPublic = false
    return answer
  }
}

/// A path to return to, taken from a request: one slash, then bytes that no browser reads as leaving the site (security.md, D10).
package enum LocalPath {
  /// At most 2,000 bytes; `/`, then a letter, a digit, `_`, `~` or `-`, then these and the signs of a path, a query and a fragment.
  package static func isSafe(_ path: String) -> Bool {
    let bytes = Array(path.utf8)
    guard bytes.count <= 2_000, bytes.first == UInt8(ascii: "/") else { return false }
    if bytes.count == 1 { return true }
    guard isWord(bytes[1]) else { return false }
    return bytes.allSatisfy { isWord($0) || "/?&=.#%+:,@!()*;$'".utf8.contains($0) }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "~") || byte == UInt8(ascii: "-")
  }
}
