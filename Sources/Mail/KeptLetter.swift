import Foundation

/// A letter that a ``FolderPostman`` laid down, read again to be shown: to whom, about what, its plain words. It reads our own letters, no others'.
package struct KeptLetter: Sendable, Hashable {
  /// The address, without brackets.
  package let recipient: String
  package let subject: String
  /// The plain part, decoded.
  package let text: String

  /// - Returns: nil for what is no letter of ours.
  package init?(_ bytes: [UInt8]) {
    let message = String(decoding: bytes.filter { $0 != 0x0D }, as: UTF8.self)
    guard let head = message.range(of: "\n\n") else { return nil }
    let fields = message[..<head.lowerBound].replacingOccurrences(of: "\n ", with: " ")
    guard let subject = Self.field("Subject", in: fields), let recipient = Self.field("To", in: fields) else { return nil }
    self.subject = Self.decodedWords(subject)
    self.recipient = recipient.filter { $0 != "<" && $0 != ">" }
    guard let part = message.range(of: "Content-Type: text/plain"), let begin = message[part.upperBound...].range(of: "\n\n") else { return nil }
    let body = message[begin.upperBound...]
    text = Self.unquoted(body.range(of: "\n--").map { body[..<$0.lowerBound] } ?? body)
  }

  private static func field(_ name: String, in head: String) -> String? {
    head.split(separator: "\n").first { $0.hasPrefix(name + ":") }.map { $0.dropFirst(name.utf8.count + 1).trimmingCharacters(in: .whitespaces) }
  }

  /// Encoded words (RFC 2047) in base64, which is how ours are written.
  private static func decodedWords(_ text: String) -> String {
    let words = text.split(separator: " ")
    guard words.allSatisfy({ $0.hasPrefix("=?utf-8?B?") && $0.hasSuffix("?=") }) else { return text }
    let bytes = words.compactMap { Data(base64Encoded: String($0.dropFirst(10).dropLast(2))) }
    return String(decoding: bytes.joined(), as: UTF8.self)
  }

  /// The opposite of ``QuotedPrintable/encode(_:)``.
  private static func unquoted(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "=") else {
        bytes.append(byte)
        continue
      }
      if rest.first == 0x0A {
        rest.removeFirst()
      } else if let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
        bytes.append(code)
        rest = rest.dropFirst(2)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
