/// A language of the interface or of a text: a BCP 47 tag in lower case (`fr`, `en`, `pt-br`).
package struct Language: Hashable, Sendable, Codable {
  package let tag: String

  package init(_ tag: String) { self.tag = tag.lowercased() }

  package static let french = Language("fr")
  package static let english = Language("en")

  /// The first offered language that the header asks for, by weight (RFC 9110, 12.5.4). At most 512 bytes and 16 items are read;
  /// what is not a number between 0 and 1 weighs nothing.
  package static func negotiate(_ acceptLanguage: String, among offered: [Language]) -> Language? {
    let header = acceptLanguage.utf8.prefix(512)
    var best: (language: Language, weight: Int)?
    for item in header.split(separator: UInt8(ascii: ",")).prefix(16) {
      let parts = item.split(separator: UInt8(ascii: ";"))
      guard let first = parts.first else { continue }
      let tag = String(decoding: first.filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self).lowercased()
      let weight = parts.dropFirst().first.map(weight) ?? 1000
      guard weight > 0 else { continue }
      let match = offered.first { $0.tag == tag } ?? offered.first { tag.hasPrefix($0.tag + "-") } ?? (tag == "*" ? offered.first : nil)
      if let match, weight > best?.weight ?? 0 { best = (match, weight) }
    }
    return best?.language
  }

  /// `q=0.8` in thousandths; 0 for anything else.
  private static func weight(_ part: Substring.UTF8View.SubSequence) -> Int {
    let bytes = part.filter { $0 != 0x20 }
    guard bytes.count >= 3, bytes.prefix(2).elementsEqual("q=".utf8) else { return 0 }
    let value = bytes.dropFirst(2)
    guard let whole = value.first, whole == UInt8(ascii: "0") || whole == UInt8(ascii: "1") else { return 0 }
    if whole == UInt8(ascii: "1") { return 1000 }
    guard value.dropFirst().first == UInt8(ascii: ".") else { return 0 }
    var thousandths = 0
    var unit = 100
    for digit in value.dropFirst(2).prefix(3) {
      guard 48...57 ~= digit else { return 0 }
      thousandths += Int(digit - 48) * unit
      unit /= 10
    }
    return thousandths
  }
}
