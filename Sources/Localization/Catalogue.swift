/// What is wrong with a catalogue, in words.
package struct CatalogueFault: Error, CustomStringConvertible {
  package let description: String
}

/// The messages of one language.
///
/// ```json
/// {
///   "votes.by": "{name} a voté",
///   "votes.count": {"one": "{count} vote", "many": "{count} de votes", "other": "{count} votes"}
/// }
/// ```
package struct Catalogue: Sendable {
  enum Piece: Sendable, Hashable { case text(String), placeholder(String) }
  enum Message: Sendable { case plain([Piece]), plural([PluralCategory: [Piece]]) }

  /// The language of the messages, which decides about plurals, numbers and dates.
  package let language: Language
  let messages: [String: Message]
  let rule: PluralRule
  let conventions: Conventions

  /// Reads a flat JSON object: key to text with `{name}` placeholders, or to an object of CLDR plural categories, of which the argument
  /// named `count` chooses one. A placeholder's name is of ASCII letters, digits, `_` and `-`; text has no other braces.
  /// - Throws: a fault that names the key and the reason.
  package init(language: Language, json: [UInt8]) throws {
    func fault(_ reason: String) -> CatalogueFault { CatalogueFault(description: "\(language.tag).json: \(reason)") }
    func pieces(_ text: String, of key: String) throws -> [Piece] {
      guard let pieces = Self.pieces(text) else { throw fault("\(key) has a brace that encloses no placeholder's name") }
      return pieces
    }
    let members: [String: FlatJSON.Value]
    do { members = try FlatJSON.read(json) } catch { throw fault(error.description) }
    messages = try members.reduce(into: [:]) { messages, member in
      switch member.value {
      case .text(let text): messages[member.key] = .plain(try pieces(text, of: member.key))
      case .object(let forms):
        guard !forms.isEmpty else { throw fault("\(member.key) has no plural form") }
        var plural: [PluralCategory: [Piece]] = [:]
        for (name, text) in forms {
          guard let category = PluralCategory(rawValue: name) else { throw fault("\(member.key) has the unknown plural category \(name)") }
          plural[category] = try pieces(text, of: member.key)
        }
        messages[member.key] = .plural(plural)
      }
    }
    self.language = language
    rule = PluralRule.of(language)
    conventions = Conventions.of(language)
  }

  /// The parts of a message; nil where the braces do not pair or enclose something else than a name.
  static func pieces(_ text: String) -> [Piece]? {
    var pieces: [Piece] = []
    var rest = text.utf8[...]
    while let brace = rest.firstIndex(where: isBrace) {
      guard rest[brace] == UInt8(ascii: "{"), let close = rest[rest.index(after: brace)...].firstIndex(where: isBrace),
        rest[close] == UInt8(ascii: "}")
      else { return nil }
      let name = rest[rest.index(after: brace)..<close]
      guard !name.isEmpty, name.allSatisfy(isInName) else { return nil }
      if rest.startIndex < brace { pieces.append(.text(String(decoding: rest[..<brace], as: UTF8.self))) }
      pieces.append(.placeholder(String(decoding: name, as: UTF8.self)))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.text(String(decoding: rest, as: UTF8.self))) }
    return pieces
  }

  private static func isBrace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") }

  private static func isInName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
  }

  /// The parts of a message for an amount, or of its only form.
  func pieces(_ key: String, count: Int?) -> [Piece]? {
    switch messages[key] {
    case .plain(let pieces): return pieces
    case .plural(let forms):
      let category = count.map { rule.category($0.magnitude) } ?? .other
      return forms[category] ?? forms[.other] ?? PluralCategory.allCases.lazy.compactMap { forms[$0] }.first
    case nil: return nil
    }
  }
}
