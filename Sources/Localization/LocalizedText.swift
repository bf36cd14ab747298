import Foundation

/// Text in several languages, one of which it was written in. Machine translations lie beside, and are told apart.
package struct LocalizedText: Sendable, Hashable, Codable {
  package let original: Language
  package private(set) var texts: [String: String]
  package private(set) var machine: [String: String]

  package init(_ text: String, in language: Language) {
    original = language
    texts = [language.tag: text]
    machine = [:]
  }

  package init(_ texts: [Language: String], original: Language) {
    self.original = original
    self.texts = Dictionary(texts.map { ($0.key.tag, $0.value) }, uniquingKeysWith: { first, _ in first })
    machine = [:]
  }

  private struct Stored: Codable {
    var original: String
    var texts: [String: String]
    var machine: [String: String]?
  }

  /// Reads what `stored` wrote.
  package init(stored: String) throws {
    let read = try JSONDecoder().decode(Stored.self, from: Data(stored.utf8))
    original = Language(read.original)
    texts = read.texts
    machine = read.machine ?? [:]
  }

  /// JSON with sorted keys: the same value always gives the same bytes.
  package var stored: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let value = Stored(original: original.tag, texts: texts, machine: machine.isEmpty ? nil : machine)
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// The text for a reader: in their language where someone wrote it, else as it was written first.
  package func text(in language: Language) -> (text: String, language: Language) {
    if let text = texts[language.tag], !text.isEmpty { return (text, language) }
    return (texts[original.tag] ?? "", original)
  }

  package subscript(language: Language) -> String { texts[language.tag] ?? "" }

  package var isEmpty: Bool { texts.values.allSatisfy(\.isEmpty) }
}
