import Crypto
import Foundation
import Passwords

/// Random secrets that are shown once and kept only as a hash.
package enum Secret {
  /// 256 random bits as text that may stand in an address or a cookie.
  package static func token() -> String { base64URL(bytes(32)) }

  /// Random bytes from the system's secure source.
  package static func bytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  /// Six decimal digits, each value as likely as any other.
  package static func sixDigits() -> String {
    var generator = SystemRandomNumberGenerator()
    return Digits.six(UInt32.random(in: 0..<1_000_000, using: &generator))
  }

  /// A reference that people can read out: eight letters and digits without those that look alike.
  package static func reference() -> String { groups(of: 4, count: 2) }

  /// Letters and digits of which no two look alike.
  static let alphabet = Array("ACDEFGHJKLMNPQRTUVWXY34679".utf8)

  /// Random signs of the alphabet in groups with hyphens between them.
  static func groups(of size: Int, count: Int) -> String {
    var generator = SystemRandomNumberGenerator()
    let groups = (0..<count).map { _ in
      String(decoding: (0..<size).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }, as: UTF8.self)
    }
    return groups.joined(separator: "-")
  }

  package static func hash(_ secret: String) -> [UInt8] { Array(SHA256.hash(data: Data(secret.utf8))) }

  /// Ties a code to the page it is typed in, so that a stolen table of hashes tells nothing of six digits.
  package static func hash(code: String, page: String, key: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Data((code + ":" + page).utf8), using: SymmetricKey(data: key)))
  }

  /// Signs what stands in a link, for one purpose.
  package static func sign(_ text: String, purpose: String, key: [UInt8]) -> String {
    base64URL(Array(HMAC<SHA256>.authenticationCode(for: Data((purpose + "\n" + text).utf8), using: SymmetricKey(data: key))))
  }

  static func base64URL(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
  }
}
