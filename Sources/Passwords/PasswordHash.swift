import CArgon2
import Foundation

/// A password as an Argon2id hash (RFC 9106), in PHC's text form, which carries its own parameters:
/// `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`.
///
/// Hashing runs on two threads of its own, so that sign-ins never weigh more than two times 19 MiB and never hold up pages;
/// others wait their turn, up to a limit.
package struct PasswordHash: Sendable, Hashable {
  /// OWASP's least for Argon2id: 19 MiB, two passes, one lane. More memory would let fewer people sign in at once on a small server.
  enum Cost {
    static let memoryKiB: UInt32 = 19 * 1024
    static let passes: UInt32 = 2
    static let lanes: UInt32 = 1
    static let saltBytes = 16
    static let hashBytes = 32
    /// A hash from elsewhere may cost this much more, not more: it would be a way to fill the memory.
    static let heaviestMemoryKiB: UInt32 = 128 * 1024
    static let mostPasses: UInt32 = 16
  }

  /// Most bytes of a password that are looked at; far above what ``PasswordPolicy`` lets through.
  static let longestInput = 2_048

  /// Why a password is not hashed or a hash not taken.
  package enum Fault: Error, Sendable, Equatable {
    /// The text is no Argon2id hash, or costs too much to verify.
    case malformed
    /// Longer than any password may be.
    case tooLong
    /// Too many wait already: answer "try again in a moment".
    case busy
    /// The machine has no memory left for it.
    case failed
  }

  /// PHC's text form, as it is stored.
  package let encoded: String

  /// Takes a hash that was stored.
  /// - Throws: `malformed`.
  package init(encoded: String) throws(Fault) {
    guard let cost = Self.cost(of: encoded), cost.memory <= Cost.heaviestMemoryKiB, cost.passes <= Cost.mostPasses, cost.lanes <= 4 else {
      throw .malformed
    }
    self.encoded = encoded
  }

  private init(unchecked encoded: String) { self.encoded = encoded }

  /// Hashes a password with a salt of 16 bytes from `random`.
  /// - Throws: ``Fault``.
  package static func hash(_ password: String, using random: inout some RandomNumberGenerator) async throws -> PasswordHash {
    guard password.utf8.count <= longestInput else { throw Fault.tooLong }
    let salt = (0..<Cost.saltBytes).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    guard let encoded = try await HashingThreads.shared.run({ encode(normalized(password), salt: salt) }) else { throw Fault.failed }
    return PasswordHash(unchecked: encoded)
  }

  /// Whether this is the password's hash. Costs one hashing whatever the answer.
  /// - Throws: `busy` only.
  package func verify(_ password: String) async throws -> Bool {
    let encoded = encoded
    return try await HashingThreads.shared.run {
      let isTooLong = password.utf8.count > Self.longestInput
      let bytes = isTooLong ? [] : Self.normalized(password)
      return argon2id_verify(encoded, bytes, bytes.count) == ARGON2_OK.rawValue && !isTooLong
    }
  }

  /// Costs what `verify` costs and is never right: for accounts that do not exist, so that time does not tell them.
  package static func dummyVerify(_ password: String) async throws { _ = try await decoy.verify(password) }

  /// Whether the parameters have risen since it was made: then hash anew at the next sign-in.
  package var isOutdated: Bool {
    guard let cost = Self.cost(of: encoded) else { return true }
    return cost.memory < Cost.memoryKiB || cost.passes < Cost.passes
  }

  private static let decoy = PasswordHash(
    unchecked: "$argon2id$v=19$m=\(Cost.memoryKiB),t=\(Cost.passes),p=\(Cost.lanes)$"
      + "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")

  /// The same password typed on another keyboard is the same password: NFKC.
  static func normalized(_ password: String) -> [UInt8] { Array(password.precomposedStringWithCompatibilityMapping.utf8) }

  private static func encode(_ password: [UInt8], salt: [UInt8]) -> String? {
    let length = argon2_encodedlen(Cost.passes, Cost.memoryKiB, Cost.lanes, UInt32(salt.count), UInt32(Cost.hashBytes), Argon2_id)
    var text = [CChar](repeating: 0, count: length)
    let result = argon2id_hash_encoded(
      Cost.passes, Cost.memoryKiB, Cost.lanes, password, password.count, salt, salt.count, Cost.hashBytes, &text, length)
    guard result == ARGON2_OK.rawValue else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The parameters of `$argon2id$v=19$m=…,t=…,p=…$salt$hash`; nil when it is anything else.
  private static func cost(of encoded: String) -> (memory: UInt32, passes: UInt32, lanes: UInt32)? {
    let fields = Array(encoded.utf8).split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
    guard encoded.utf8.count <= 512, fields.count == 6, fields[0].isEmpty, fields[1].elementsEqual("argon2id".utf8),
      fields[2].elementsEqual("v=19".utf8), fields[4].count >= 11, fields[5].count >= 22
    else { return nil }
    let parameters = fields[3].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard parameters.count == 3 else { return nil }
    let numbers = zip(parameters, ["m=", "t=", "p="]).compactMap { parameter, name -> UInt32? in
      let digits = parameter.dropFirst(name.utf8.count)
      guard parameter.starts(with: name.utf8), digits.allSatisfy({ 48...57 ~= $0 }) else { return nil }
      return UInt32(String(decoding: digits, as: UTF8.self))
    }
    guard numbers.count == 3, numbers.allSatisfy({ $0 > 0 }) else { return nil }
    return (numbers[0], numbers[1], numbers[2])
  }
}
