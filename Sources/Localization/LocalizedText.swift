/// Text in several languages, one of which it was written in. Machine translations lie beside, and are told apart.
///
/// ```swift
/// var title = LocalizedText("Une place pour tous", in: .french)
/// title.set("A square for everyone", in: .english)
/// title.text(in: .english).text   // A square for everyone
/// ```
package struct LocalizedText: Sendable, Hashable, Codable {
  /// The language it was written in first.
  package let original: Language
  /// What people wrote, by language tag.
  package private(set) var texts: [String: String]
  /// What machines translated, by language tag; none where someone wrote.
  package private(set) var machine: [String: String] = [:]

  /// A text in one language, which is its original.
  package init(_ text: String, in language: Language) {
    original = language
    texts = [language.tag: text]
  }

  /// Texts by language; `original` says which was written first and need not be among them.
  package init(_ texts: [Language: String], original: Language) {
    self.original = original
    self.texts = Dictionary(texts.map { ($0.key.tag, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// Reads what `stored` wrote.
  /// - Throws: what is wrong, in words: not JSON, no original language, texts that are not text.
  package init(stored: String) throws {
    let read = try FlatJSON.read(Array(stored.utf8))
    guard case .text(let tag) = read["original"], !tag.utf8.isEmpty else { throw FlatJSON.Fault(name: "original", reason: "is not a language") }
    guard case .object(let texts) = read["texts"] else { throw FlatJSON.Fault(name: "texts", reason: "is not an object of texts") }
    original = Language(tag)
    self.texts = Self.normalized(texts)
    switch read["machine"] {
    case .object(let machine): self.machine = Self.normalized(machine)
    case nil: break
    case .text: throw FlatJSON.Fault(name: "machine", reason: "is not an object of texts")
    }
  }

  private static func normalized(_ texts: [String: String]) -> [String: String] {
    if texts.keys.allSatisfy({ Language($0).tag == $0 }) { return texts }
    return Dictionary(texts.map { (Language($0.key).tag, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  package init(from decoder: any Decoder) throws { try self.init(stored: try decoder.singleValueContainer().decode(String.self)) }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(stored)
  }

  /// JSON with sorted names: the same value always gives the same bytes.
  package var stored: String {
    let own: [(name: String, value: FlatJSON.Value)] = [("original", .text(original.tag)), ("texts", .object(texts))]
    return FlatJSON.write(machine.isEmpty ? own : [("machine", .object(machine))] + own)
  }

  /// The text for a reader: in their language where someone wrote it, else as it was written first, else in the first language there is.
  /// Machine translations are not given here: a page offers them beside the original.
  package func text(in language: Language) -> (text: String, language: Language) {
    if let text = texts[language.tag], !text.isEmpty { return (text, language) }
    if let text = texts[original.tag], !text.isEmpty { return (text, original) }
    let first = texts.filter { !$0.value.isEmpty }.min { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return first.map { ($0.value, Language($0.key)) } ?? ("", original)
  }

  /// What people wrote in a language, empty where nobody did.
  package subscript(language: Language) -> String { texts[language.tag] ?? "" }

  /// Keeps what someone wrote; a machine's translation into that language goes.
  package mutating func set(_ text: String, in language: Language) {
    texts[language.tag] = text
    machine[language.tag] = nil
  }

  /// Keeps a machine's translation, unless someone wrote in that language.
  package mutating func setMachine(_ text: String, in language: Language) {
    if self[language].isEmpty { machine[language.tag] = text }
  }

  /// Whether nobody wrote anything, in any language.
  package var isEmpty: Bool { texts.values.allSatisfy(\.isEmpty) }
}
