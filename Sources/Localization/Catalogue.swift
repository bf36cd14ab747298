import Foundation

/// Names one message of the catalogues: `proposals.form.title.label`. Made from literals, so that what is used can be listed.
package struct MessageKey: ExpressibleByStringLiteral, Hashable, Sendable {
  package typealias StringLiteralType = StaticString

  package let name: String

  package init(stringLiteral value: StaticString) { name = value.description }

  /// A key that was kept in a row or is built from the name of a state (`proposals.state.hidden`).
  package init(storedKey: String) { name = storedKey }
}

/// What fills a placeholder. Text is never read again for placeholders of its own.
package enum MessageArgument: Sendable, Hashable {
  case text(String)
  /// A number that also chooses the plural form.
  case count(Int)
  case number(Int)
  case percent(Double)
  case date(milliseconds: Int64)
  case dateTime(milliseconds: Int64)
  case money(cents: Int64, currency: String)
  case message(MessageKey)
}

/// What is wrong with a catalogue, in words.
package struct CatalogueFault: Error, CustomStringConvertible {
  package let description: String
}

/// The messages of one language.
package struct Catalogue: Sendable {
  enum Piece: Sendable, Hashable { case text(String), placeholder(String) }
  enum Message: Sendable { case plain([Piece]), plural([PluralCategory: [Piece]]) }

  package let language: Language
  let messages: [String: Message]

  /// Reads a flat JSON object: key to text with `{name}` placeholders, or to an object of plural categories.
  package init(language: Language, json: [UInt8]) throws {
    self.language = language
    guard let object = try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any] else {
      throw CatalogueFault(description: "\(language.tag).json is not a JSON object")
    }
    var messages: [String: Message] = [:]
    messages.reserveCapacity(object.count)
    for (key, value) in object {
      if let text = value as? String {
        messages[key] = .plain(Self.pieces(text))
      } else if let forms = value as? [String: String] {
        var plural: [PluralCategory: [Piece]] = [:]
        for (name, text) in forms {
          guard let category = PluralCategory(rawValue: name) else {
            throw CatalogueFault(description: "\(language.tag).json: \(key) has the unknown plural category \(name)")
          }
          plural[category] = Self.pieces(text)
        }
        messages[key] = .plural(plural)
      } else {
        throw CatalogueFault(description: "\(language.tag).json: \(key) is neither text nor plural forms")
      }
    }
    self.messages = messages
  }

  package var keys: Set<String> { Set(messages.keys) }

  static func pieces(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = Substring(text)
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")), let close = rest[open...].utf8.firstIndex(of: UInt8(ascii: "}")) {
      if rest.startIndex < open { pieces.append(.text(String(rest[..<open]))) }
      pieces.append(.placeholder(String(rest[rest.utf8.index(after: open)..<close])))
      rest = rest[rest.utf8.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    return pieces
  }

  private func forms(_ key: String) -> [[Piece]] {
    switch messages[key] {
    case .plain(let pieces): [pieces]
    case .plural(let forms): Array(forms.values)
    case nil: []
    }
  }

  private func placeholders(_ key: String) -> Set<String> {
    Set(forms(key).joined().compactMap { if case .placeholder(let name) = $0 { name } else { nil } })
  }

  /// What is missing, left over or different between catalogues; each fault is a sentence.
  /// - Parameter usedKeys: the keys that the program names.
  package static func faults(_ catalogues: [Catalogue], usedKeys: Set<String>) -> [String] {
    var faults: [String] = []
    let all = catalogues.reduce(into: Set<String>()) { $0.formUnion($1.keys) }
    for key in all.union(usedKeys).sorted() {
      for catalogue in catalogues where catalogue.messages[key] == nil { faults.append("\(key) is missing in \(catalogue.language.tag).json") }
      if !usedKeys.contains(key) { faults.append("\(key) is used nowhere") }
      if Set(catalogues.filter { $0.messages[key] != nil }.map { $0.placeholders(key) }).count > 1 {
        faults.append("\(key) has other placeholders in one language than in another")
      }
      for catalogue in catalogues {
        guard case .plural(let forms) = catalogue.messages[key] else { continue }
        for category in PluralRule.of(catalogue.language).categories.subtracting(forms.keys).map(\.rawValue).sorted() {
          faults.append("\(key) lacks the plural form \(category) in \(catalogue.language.tag).json")
        }
      }
    }
    return faults
  }
}
