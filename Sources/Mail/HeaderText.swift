import Foundation

/// Words that may stand in a header (a subject, a name): no control character can be in them, so they cannot end their line.
///
///     try HeaderText("Votre vote est compté")
package struct HeaderText: Sendable, Hashable {
  /// Longest text, in bytes of UTF-8: encoded, it makes some 800 bytes of header.
  package static let longest = 500

  /// The words, not yet encoded.
  package let text: String

  /// Why words may not stand in a header.
  package enum Fault: Error, Sendable, Equatable { case controlCharacter, tooLong }

  /// - Throws: `controlCharacter` for CR, LF, NUL and every other control or line separator; `tooLong` above ``longest`` bytes.
  package init(_ text: String) throws(Fault) {
    guard text.utf8.count <= Self.longest else { throw .tooLong }
    guard !text.unicodeScalars.contains(where: Self.isControl) else { throw .controlCharacter }
    self.text = text
  }

  /// Makes words fit for a header out of any text, for titles that people wrote: controls become spaces, the end is cut.
  package init(cleaning text: String) {
    var cleaned = String.UnicodeScalarView()
    var bytes = 0
    for scalar in text.unicodeScalars {
      let length = UTF8.width(scalar)
      guard bytes + length <= Self.longest - 3 else {
        cleaned.append("…")
        break
      }
      cleaned.append(Self.isControl(scalar) ? " " : scalar)
      bytes += length
    }
    self.text = String(cleaned)
  }

  /// Controls of ASCII and Latin-1, the two separators, and the marks that turn the direction of what follows them.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// The text as an unstructured header's value (RFC 5322, 2047): as it is when short and plain, else as encoded words.
  var unstructured: String {
    let isPlain = text.utf8.count <= 60 && text.utf8.allSatisfy { 0x20..<0x7F ~= $0 }
    let bytes = Array(text.utf8)
    let hasOddSpaces = bytes.first == 0x20 || bytes.last == 0x20
    return isPlain && !hasOddSpaces && !text.contains("=?") ? text : encodedWords
  }

  /// The text as a display name (RFC 5322 phrase): plain words as they are, else encoded words.
  var phrase: String {
    let isPlain =
      (1...40).contains(text.utf8.count) && text.utf8.first != 0x20 && Array(text.utf8).last != 0x20
      && text.utf8.allSatisfy { 48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 || $0 == 0x20 }
    return isPlain ? text : encodedWords
  }

  /// Encoded words (RFC 2047) of whole scalars, folded; 39 bytes each, so that the first line with its header's name stays within 76.
  private var encodedWords: String {
    var words: [String] = []
    var chunk: [UInt8] = []
    func close() {
      words.append("=?utf-8?B?\(Data(chunk).base64EncodedString())?=")
      chunk = []
    }
    for scalar in text.unicodeScalars {
      let bytes = Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      if chunk.count + bytes.count > 39 { close() }
      chunk += bytes
    }
    if !chunk.isEmpty { close() }
    return words.joined(separator: "\r\n ")
  }
}

/// A name with an address, as a From line shows it.
package struct Mailbox: Sendable, Hashable {
  /// What the mail program shows; nil or empty leaves the address alone.
  package let name: HeaderText?
  package let address: EmailAddress

  package init(_ address: EmailAddress, name: HeaderText? = nil) {
    self.address = address
    self.name = name
  }

  var header: String {
    guard let name, !name.text.isEmpty else { return "<\(address.text)>" }
    return "\(name.phrase)\r\n <\(address.text)>"
  }
}
