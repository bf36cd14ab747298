import Crypto
import Foundation

/// Text that lies in a table and that only this organization's server reads back: AES-256-GCM under a key of one purpose, which HKDF-SHA-256
/// derives from the organization's secret.
package struct SealedText: Codable, Sendable, Hashable {
  /// What a key is for: sealed for one, a text does not open for another.
  package enum Purpose: String, Sendable { case waitingMail = "isegoria.waiting-mail" }

  /// It was sealed for another purpose or under another secret, or was changed since.
  package struct Unreadable: Error, Sendable {
    package init() {}
  }

  /// Nonce, ciphertext and tag, one behind the other.
  private let bytes: Data

  /// Seals a text under a fresh nonce.
  package init(_ text: String, for purpose: Purpose, secret: [UInt8]) throws {
    guard let combined = try AES.GCM.seal(Data(text.utf8), using: Self.key(purpose, secret)).combined else { throw Unreadable() }
    bytes = combined
  }

  /// The text as it was sealed.
  package func open(for purpose: Purpose, secret: [UInt8]) throws -> String {
    do {
      let opened = try AES.GCM.open(AES.GCM.SealedBox(combined: bytes), using: Self.key(purpose, secret))
      return String(decoding: opened, as: UTF8.self)
    } catch {
      throw Unreadable()
    }
  }

  private static func key(_ purpose: Purpose, _ secret: [UInt8]) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(inputKeyMaterial: SymmetricKey(data: secret), info: Data(purpose.rawValue.utf8), outputByteCount: 32)
  }
}
