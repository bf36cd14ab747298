package import Crypto
import Foundation

/// 256 random bits as text that may stand in an address or a cookie. It is shown once; only its hash is kept.
package struct SecretToken: Sendable, Hashable {
  /// 43 signs of base64url without padding.
  package let text: String

  package init(using random: inout some RandomNumberGenerator) {
    let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    let signs = Data(bytes).base64EncodedString().utf8.prefix(43).map { sign in
      switch sign {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      default: sign
      }
    }
    text = String(decoding: signs, as: UTF8.self)
  }

  /// The SHA-256 of the text, 32 bytes: what is stored. A token of 256 bits needs no slow hash.
  package var hash: [UInt8] { Self.hash(of: text) }

  /// The hash of a token that came back from outside, whatever it is.
  package static func hash(of text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}

/// Six decimal digits to be typed from a mail, each of a million as likely as any other.
package struct OneTimeCode: Sendable, Hashable {
  package let digits: String

  package init(using random: inout some RandomNumberGenerator) { digits = Digits.six(UInt32.random(in: 0..<1_000_000, using: &random)) }

  /// Takes what a person typed; spaces are left out. Nil when it is not six digits.
  package init?(typed: String) {
    let bytes = Array(typed.utf8.prefix(16).filter { $0 != 0x20 })
    guard typed.utf8.count <= 16, bytes.count == 6, bytes.allSatisfy({ 48...57 ~= $0 }) else { return nil }
    digits = String(decoding: bytes, as: UTF8.self)
  }

  /// What is stored: HMAC-SHA-256 under the server's key, since a million plain hashes are tried in a second.
  /// - Parameter purpose: what the code is bound to, such as the request it answers: the same digits elsewhere have another hash.
  package func hash(purpose: String, key: SymmetricKey) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array("\(digits):\(purpose)".utf8), using: key))
  }
}

/// Compares without telling by time where the first difference is; the length is no secret.
package func isEqualInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  guard left.count == right.count else { return false }
  return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}

enum Digits {
  /// A number below a million with its leading zeros.
  static func six(_ number: UInt32) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(6 - digits.utf8.count, 0)) + digits
  }
}
