/// Names one message of the catalogues: `proposals.form.title.label`. Made from literals, so that what is used can be listed.
package struct MessageKey: ExpressibleByStringLiteral, Hashable, Sendable {
  package typealias StringLiteralType = StaticString

  /// The key as it stands in the catalogues.
  package let name: String

  package init(stringLiteral value: StaticString) { name = value.description }

  /// A key that was kept in a row or is built from the name of a state (`proposals.state.hidden`).
  package init(storedKey: String) { name = storedKey }
}

/// What fills a placeholder. Text is never read again for placeholders of its own.
package enum MessageArgument: Sendable, Hashable {
  case text(String)
  /// A number that also chooses the plural form, when its placeholder is named `count`.
  case count(Int)
  case number(Int)
  /// A share of one: 0.396 is written `39.6%`.
  case percent(Double)
  case date(milliseconds: Int64)
  case dateTime(milliseconds: Int64)
  /// Hundredths, and an ISO 4217 code.
  case money(cents: Int64, currency: String)
  /// Another message; it is given no arguments.
  case message(MessageKey)
}

/// What stands for the placeholders of one message, by name: a handful, so they are looked through in order.
/// ```swift
/// say("votes.by", ["name": .text("Camille")])
/// ```
package struct MessageArguments: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  private struct Pair: Sendable, Hashable {
    let name: String
    let value: MessageArgument
  }

  private let pairs: [Pair]

  package init(dictionaryLiteral elements: (String, MessageArgument)...) { pairs = elements.map { Pair(name: $0.0, value: $0.1) } }

  package init(_ values: [String: MessageArgument]) {
    pairs = values.map { Pair(name: $0.key, value: $0.value) }.sorted { $0.name < $1.name }
  }

  /// The argument of a name, or nil.
  package subscript(name: String) -> MessageArgument? { pairs.first { $0.name == name }?.value }
}
