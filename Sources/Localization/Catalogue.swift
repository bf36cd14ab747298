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

  package var keys: Set<String> { Set(messages.keys) }

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

  // MARK: Comparing catalogues

  private func placeholders(_ key: String) -> Set<String> {
    let forms: [[Piece]] =
      switch messages[key] {
      case .plain(let pieces): [pieces]
      case .plural(let forms): Array(forms.values)
      case nil: []
      }
    return Set(forms.joined().compactMap { if case .placeholder(let name) = $0 { name } else { nil } })
  }

  /// What is missing, left over or different between catalogues; each fault is a sentence, in the order of the keys.
  /// - Parameter usedKeys: the keys that the program names.
  package static func faults(_ catalogues: [Catalogue], usedKeys: Set<String>) -> [String] {
    var faults: [String] = []
    let all = catalogues.reduce(into: usedKeys) { $0.formUnion($1.keys) }
    for key in all.sorted() {
      for catalogue in catalogues where catalogue.messages[key] == nil { faults.append("\(key) is missing in \(catalogue.language.tag).json.") }
      if !usedKeys.contains(key) { faults.append("\(key) is used nowhere.") }
      let holders = catalogues.filter { $0.messages[key] != nil }
      for other in holders.dropFirst() {
        let first = holders[0]
        for name in first.placeholders(key).symmetricDifference(other.placeholders(key)).sorted() {
          let (has, lacks) = first.placeholders(key).contains(name) ? (first, other) : (other, first)
          faults.append("\(key) has {\(name)} in \(has.language.tag).json and not in \(lacks.language.tag).json.")
        }
      }
      for catalogue in catalogues {
        guard case .plural(let forms) = catalogue.messages[key] else { continue }
        let wanted = catalogue.rule.categories
        for category in wanted.subtracting(forms.keys).map(\.rawValue).sorted() {
          faults.append("\(key) lacks the plural form \(category) in \(catalogue.language.tag).json.")
        }
        for category in Set(forms.keys).subtracting(wanted).map(\.rawValue).sorted() {
          faults.append("\(key) has the plural form \(category) in \(catalogue.language.tag).json, which no whole number takes.")
        }
      }
    }
    return faults
  }
}
