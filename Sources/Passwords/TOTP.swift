import Crypto
import Foundation

/// Time-based one-time passwords (RFC 6238): SHA-1, six digits, thirty seconds, as every authenticator knows them.
package struct TOTP: Sendable {
  package static let period: Int64 = 30

  private let secret: [UInt8]

  package init(secret: [UInt8]) { self.secret = secret }

  /// The code of a step.
  package func code(step: Int64) -> String {
    let counter = withUnsafeBytes(of: step.bigEndian) { Array($0) }
    let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
    let offset = Int(mac[19] & 0x0F)
    let number = mac[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    let digits = String(number % 1_000_000)
    return String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }

  /// The step whose code this is: the present one, or a neighbour for clocks that differ; nil when it is none of them.
  package func step(matching code: String, at seconds: Int64) -> Int64? {
    let typed = Array(code.utf8.filter { 48...57 ~= $0 })
    guard typed.count == 6 else { return nil }
    let now = seconds / Self.period
    return [now, now - 1, now + 1].first { step in
      zip(Array(self.code(step: step).utf8), typed).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
  }

  /// Base 32 (RFC 4648) without padding, as people type it into an authenticator.
  package var base32: String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    var output: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for byte in secret {
      buffer = buffer << 8 | UInt32(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        output.append(alphabet[Int(buffer >> UInt32(bits)) & 31])
      }
      buffer &= 0xFF
    }
    if bits > 0 { output.append(alphabet[Int(buffer << UInt32(5 - bits)) & 31]) }
    return String(decoding: output, as: UTF8.self)
  }

  /// The address that an authenticator reads.
  package func address(issuer: String, account: String) -> String {
    func escaped(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
    return "otpauth://totp/\(escaped(issuer)):\(escaped(account))?secret=\(base32)&issuer=\(escaped(issuer))"
  }
}
