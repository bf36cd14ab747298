/// A language of the interface or of a text: a BCP 47 tag in lower case (`fr`, `en`, `pt-br`).
///
/// Stored and coded as the bare tag. Any string makes a value; whether a language is offered is for the caller to look up.
package struct Language: Hashable, Sendable, Codable {
  /// The tag: ASCII letters in lower case, every other byte as it was given.
  package let tag: String

  /// - Parameter tag: a BCP 47 tag in any case, as in `Language("pt-BR")`.
  package init(_ tag: String) {
    self.tag = tag.utf8.allSatisfy { !(65...90 ~= $0) } ? tag : String(decoding: tag.utf8.map(Self.lowerCased), as: UTF8.self)
  }

  package init(from decoder: any Decoder) throws { self.init(try decoder.singleValueContainer().decode(String.self)) }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(tag)
  }

  package static let french = Language("fr")
  package static let english = Language("en")

  /// The language without its region or script: `pt` of `pt-br`.
  package var primary: Language {
    guard let dash = tag.utf8.firstIndex(of: UInt8(ascii: "-")) else { return self }
    return Language(String(tag[..<dash]))
  }

  /// The offered language that an `Accept-Language` header weighs highest (RFC 9110, 12.5.4); between equals, the one named first.
  ///
  /// A range names a language when one is the other or its start (`en` and `en-gb`, either way); `*` names those that no range
  /// names; a weight of 0 on a language's own tag refuses it. At most 512 bytes and 16 items are read. An item that is cut there,
  /// or whose weight is not written as the RFC says (0 to 1, three decimals at most), is passed over.
  /// - Parameter offered: the languages there are, the preferred one first.
  /// - Returns: nil when the header names none of them.
  ///
  /// ```swift
  /// Language.negotiate("en-GB, fr;q=0.8", among: [.french, .english])   // en
  /// ```
  package static func negotiate(_ acceptLanguage: String, among offered: [Language]) -> Language? {
    let ranges = ranges(acceptLanguage)
    let refused = Set(ranges.filter { $0.weight == 0 }.map(\.tag))
    var best: (language: Language, weight: Int, position: Int)?
    for language in offered where !refused.contains(language.tag) {
      let named = ranges.enumerated().filter { $0.element.weight > 0 && names($0.element.tag, language.tag) }
      let matches = named.isEmpty && !refused.contains("*") ? ranges.enumerated().filter { $0.element.tag == "*" } : named
      for match in matches {
        if let found = best, (found.weight, -found.position) >= (match.element.weight, -match.offset) { continue }
        best = (language, match.element.weight, match.offset)
      }
    }
    return best?.language
  }

  private static func names(_ range: String, _ tag: String) -> Bool {
    range == tag || tag.utf8.starts(with: (range + "-").utf8) || range.utf8.starts(with: (tag + "-").utf8)
  }

  /// The items of the header that are well formed, in order, with weights in thousandths.
  private static func ranges(_ header: String) -> [(tag: String, weight: Int)] {
    var items = header.utf8.prefix(512).split(separator: UInt8(ascii: ","), maxSplits: 16, omittingEmptySubsequences: false)
    if items.count > 16 || header.utf8.count > 512 { items.removeLast() }
    return items.compactMap { item in
      let parts = item.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map(trimmed)
      guard let tag = parts.first, !tag.isEmpty, parts.count <= 2, tag.allSatisfy(isInRange), let weight = parts.count == 2 ? weight(parts[1]) : 1000
      else { return nil }
      return (String(decoding: tag.map(lowerCased), as: UTF8.self), weight)
    }
  }

  private static func trimmed(_ bytes: Substring.UTF8View) -> Substring.UTF8View {
    let start = bytes.drop { $0 == 0x20 || $0 == 0x09 }
    guard let last = start.lastIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { return start.prefix(0) }
    return start[...last]
  }

  /// `q=0.8` in thousandths; nil for what is not a weight.
  private static func weight(_ part: Substring.UTF8View) -> Int? {
    let bytes = Array(part)
    guard 3...7 ~= bytes.count, lowerCased(bytes[0]) == UInt8(ascii: "q"), bytes[1] == UInt8(ascii: "=") else { return nil }
    guard bytes[2] == UInt8(ascii: "0") || bytes[2] == UInt8(ascii: "1"), bytes.count == 3 || bytes[3] == UInt8(ascii: ".") else { return nil }
    var thousandths = Int(bytes[2] - UInt8(ascii: "0")) * 1000
    for (digit, unit) in zip(bytes.dropFirst(4), [100, 10, 1]) {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit else { return nil }
      thousandths += Int(digit - UInt8(ascii: "0")) * unit
    }
    return thousandths <= 1000 ? thousandths : nil
  }

  private static func isInRange(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: "*")
    }
  }

  private static func lowerCased(_ byte: UInt8) -> UInt8 { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte }
}
