import Crypto
import Encodings
import Foundation

/// Time-based one-time passwords (RFC 6238): SHA-1, six digits, thirty seconds, as every authenticator knows them.
package struct TOTP: Sendable {
  /// Seconds that a code stands.
  package static let period: Int64 = 30
  /// Bytes of a new secret: as many as SHA-1 gives (RFC 4226, 4).
  package static let secretBytes = 20

  private let secret: [UInt8]

  /// - Parameter secret: any bytes; a new one has ``secretBytes`` random ones.
  package init(secret: [UInt8]) { self.secret = secret }

  /// The code of a step, a step being the number of periods since 1970.
  package func code(step: Int64) -> String { Digits.six(number(step: step) % 1_000_000) }

  /// The step whose code this is: the present one or a neighbour, for clocks that differ; nil when it is none of them.
  ///
  /// The caller keeps the step and takes none that is not greater, so that a code serves once.
  /// - Parameters:
  ///   - code: six digits; spaces between them are left out.
  ///   - seconds: since 1970.
  package func step(matching code: String, at seconds: Int64) -> Int64? {
    let typed = Array(code.utf8.prefix(16).filter { $0 != 0x20 })
    guard code.utf8.count <= 16, typed.count == 6, typed.allSatisfy({ 48...57 ~= $0 }), seconds >= 0 else { return nil }
    let now = seconds / Self.period
    return [now, now - 1, now + 1].filter { isEqualInConstantTime(Array(self.code(step: $0).utf8), typed) }.first
  }

  /// The key in fours, for people to type into an authenticator: `JBSW Y3DP EHPK 3PXP`.
  package var typed: String {
    let letters = Array(base32)
    return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<min($0 + 4, letters.count)]) }.joined(separator: " ")
  }

  /// Base 32 (RFC 4648) without padding.
  package var base32: String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    var output: [UInt8] = []
    var buffer: UInt32 = 0
    var bits: UInt32 = 0
    for byte in secret {
      buffer = buffer << 8 | UInt32(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        output.append(alphabet[Int(buffer >> bits & 31)])
      }
      buffer &= 0xFF
    }
    if bits > 0 { output.append(alphabet[Int(buffer << (5 - bits) & 31)]) }
    return String(decoding: output, as: UTF8.self)
  }

  /// The address that an authenticator reads, often from a QR code: `otpauth://totp/Ormeval:amina%40example.org?secret=…&issuer=Ormeval`.
  package func address(issuer: String, account: String) -> String {
    let name = Self.escaped(issuer)
    return "otpauth://totp/\(name):\(Self.escaped(account))?secret=\(base32)&issuer=\(name)&algorithm=SHA1&digits=6&period=\(Self.period)"
  }

  /// The counter's HMAC, cut as RFC 4226, 5.3 says.
  private func number(step: Int64) -> UInt32 {
    let counter = withUnsafeBytes(of: step.bigEndian) { Array($0) }
    let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
    let offset = Int((mac.last ?? 0) & 0x0F)
    return mac.dropFirst(offset).prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
  }

  /// Percent-encodes every byte but letters, digits, `-`, `_` and `.`.
  private static func escaped(_ text: String) -> String {
    var output: [UInt8] = []
    for byte in text.utf8.prefix(200) {
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): output.append(byte)
      default:
        output.append(UInt8(ascii: "%"))
        Hexadecimal.append(byte, to: &output, capitals: true)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}
