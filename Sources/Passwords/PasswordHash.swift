import CArgon2
import Dispatch
import Foundation
import Synchronization

/// Passwords as Argon2id hashes (RFC 9106), in the usual text form that carries its own parameters.
package enum PasswordHash {
  /// OWASP's second choice: 19 MiB, two passes, one lane; at most two at once, so that sign-ins never weigh more than 38 MiB.
  static let memoryKiB: UInt32 = 19 * 1024
  static let passes: UInt32 = 2
  static let atOnce = 2
  static let saltBytes = 16
  static let hashBytes = 32

  private static let queue: OperationQueue = {
    let queue = OperationQueue()
    queue.maxConcurrentOperationCount = atOnce
    return queue
  }()

  /// Runs on threads of its own: it takes tens of milliseconds and must not hold up pages.
  private static func apart<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
    await withCheckedContinuation { continuation in queue.addOperation { continuation.resume(returning: work()) } }
  }

  /// Hashes a password.
  /// - Parameter salt: 16 random bytes.
  package static func make(_ password: String, salt: [UInt8]) async -> String? {
    await apart { encoded(normalized(password), salt) }
  }

  package static func verify(_ password: String, against hash: String) async -> Bool {
    await apart {
      let bytes = normalized(password)
      return argon2id_verify(hash, bytes, bytes.count) == ARGON2_OK.rawValue
    }
  }

  /// Costs what `verify` costs and is never right: for accounts that do not exist.
  package static func verifyNothing(_ password: String) async { _ = await verify(password, against: decoy) }

  private static let decoy = encoded(Array("nobody".utf8), [UInt8](repeating: 7, count: saltBytes)) ?? ""

  /// The same password typed on another keyboard is the same password: NFKC.
  private static func normalized(_ password: String) -> [UInt8] { Array(password.precomposedStringWithCompatibilityMapping.utf8) }

  private static func encoded(_ password: [UInt8], _ salt: [UInt8]) -> String? {
    let length = argon2_encodedlen(passes, memoryKiB, 1, UInt32(salt.count), UInt32(hashBytes), Argon2_id)
    var text = [CChar](repeating: 0, count: length)
    let result = argon2id_hash_encoded(passes, memoryKiB, 1, password, password.count, salt, salt.count, hashBytes, &text, length)
    guard result == ARGON2_OK.rawValue else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// What a password must be: long enough, not among the commonest, not the name of the account or the site. No rules of composition.
package enum PasswordPolicy {
  package enum Fault: Sendable, Equatable { case short, long, common, personal }

  package static let shortest = 10
  package static let longest = 128

  package static func fault(in password: String, common: Set<String>, personal: [String]) -> Fault? {
    let normal = password.precomposedStringWithCompatibilityMapping
    let length = normal.unicodeScalars.count
    if length < shortest { return .short }
    if length > longest || normal.utf8.count > 4 * longest { return .long }
    let folded = normal.lowercased()
    if common.contains(folded) || Set(folded.unicodeScalars).count < 4 { return .common }
    if personal.contains(where: { $0.utf8.count >= 4 && folded.hasPrefix($0.lowercased()) && folded.utf8.count < $0.utf8.count + 5 }) {
      return .personal
    }
    return nil
  }
}
