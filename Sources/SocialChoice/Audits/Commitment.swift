internal import Crypto

/// A promise of words that are not shown yet: nobody can change them afterwards, and nobody can guess them before.
///
/// It is SHA-256 of `isegoria-commitment-1`, a line feed, the salt's length in bytes in decimal, a line feed, the salt and the message. In Python:
/// `hashlib.sha256(b"isegoria-commitment-1\n" + str(len(salt)).encode() + b"\n" + salt + message).hexdigest()`.
package struct Commitment: Sendable, Hashable, CustomStringConvertible {
  /// 32 bytes.
  package let digest: [UInt8]

  /// The salt could be found by trying.
  package struct SaltTooShort: Error, Sendable, Hashable {
    /// In bytes.
    package static let needed = 16
    /// In bytes.
    package let found: Int

    package init(found: Int) { self.found = found }
  }

  /// - Parameter salt: at least 16 bytes that nobody can guess, used once; without it a short message could be found by trying.
  /// - Throws: ``SaltTooShort``.
  package init(to message: [UInt8], salt: [UInt8]) throws {
    guard salt.count >= SaltTooShort.needed else { throw SaltTooShort(found: salt.count) }
    digest = Self.digest(message, salt)
  }

  /// A commitment that someone published, as 64 hexadecimal digits; nil if it is none.
  package init?(published text: String) {
    guard let bytes = Digest.bytes(hexadecimal: text), bytes.count == 32 else { return nil }
    digest = bytes
  }

  /// Whether these are the words that were promised.
  package func isKept(by message: [UInt8], salt: [UInt8]) -> Bool {
    salt.count >= SaltTooShort.needed && Self.digest(message, salt) == digest
  }

  /// 64 hexadecimal digits.
  package var description: String { Digest.hexadecimal(digest) }

  private static func digest(_ message: [UInt8], _ salt: [UInt8]) -> [UInt8] {
    Array(SHA256.hash(data: Array("isegoria-commitment-1\n\(salt.count)\n".utf8) + salt + message))
  }
}

/// SHA-256 and its way of being written.
package enum Digest {
  /// 32 bytes.
  package static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

  /// Two lower-case digits a byte.
  package static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Nil for an odd number of digits or for anything that is no digit.
  package static func bytes(hexadecimal text: String) -> [UInt8]? {
    let values = text.utf8.map { sign -> UInt8? in
      switch sign {
      case 48...57: sign - 48
      case 65...70: sign - 55
      case 97...102: sign - 87
      default: nil
      }
    }
    guard values.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: values.count, by: 2) {
      guard let high = values[place], let low = values[place + 1] else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }
}
