import Foundation

/// What a password must be: long enough, not among the commonest, not the account's or the site's name. No rules of composition
/// (NIST SP 800-63B, 5.1.1.2; ASVS 5.0, 6.2).
///
/// Common passwords are refused with their usual disguises too: capitals, `0` for `o`, digits and signs before and after.
/// Names are allowed inside a longer phrase, where they do not count: what stands beside them must be long enough by itself.
package struct PasswordPolicy: Sendable {
  /// Why a password is refused: its length, one of the common ones, or little more than a name.
  package enum Fault: Error, Sendable, Equatable { case short, long, common, personal }

  /// Lengths in Unicode scalars after NFKC.
  package static let shortest = 10
  /// In scalars as well.
  package static let longest = 128

  private let common: Set<String>

  /// - Parameter common: common passwords in lower case, e.g. the lines of `Assets/common-passwords.txt`.
  package init(common: Set<String>) { self.common = common }

  /// The first fault of a password, or nil.
  /// - Parameter names: the account's name, its address's local part, the site's name; those under 4 scalars are left out.
  package func fault(in password: String, names: [String] = []) -> Fault? {
    guard password.utf8.count <= PasswordHash.longestInput else { return .long }
    let normal = password.precomposedStringWithCompatibilityMapping
    let length = normal.unicodeScalars.count
    if length < Self.shortest { return .short }
    if length > Self.longest { return .long }
    let folded = Array(normal.lowercased().unicodeScalars)
    if isCommon(folded) { return .common }
    var rest = folded
    for name in names {
      let part = Array(name.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars)
      if part.count >= 4 { rest = Self.removing(part, from: rest) }
    }
    return rest.count < folded.count && rest.count < Self.shortest ? .personal : nil
  }

  private func isCommon(_ folded: [Unicode.Scalar]) -> Bool {
    if Set(folded).count < 5 || Self.isSequence(folded) { return true }
    let letters = Self.trimmed(folded) { $0.properties.isAlphabetic }
    let lettersAndDigits = Self.trimmed(folded) { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
    return [folded, letters, lettersAndDigits].contains { form in
      let plain = form.map { Self.disguises[$0] ?? $0 }
      return isListed(form) || isListed(plain) || isRepetition(form) || isRepetition(plain)
    }
  }

  private func isListed(_ scalars: some Sequence<Unicode.Scalar>) -> Bool {
    common.contains(String(String.UnicodeScalarView(scalars)))
  }

  /// One common word several times: `motdepassemotdepasse`.
  private func isRepetition(_ scalars: [Unicode.Scalar]) -> Bool {
    (1...max(scalars.count / 2, 1)).contains { period in
      guard scalars.count >= 2 * period, scalars.count.isMultiple(of: period) else { return false }
      return scalars.indices.allSatisfy { scalars[$0] == scalars[$0 % period] } && (period < 5 || isListed(scalars[..<period]))
    }
  }

  /// Neighbours all along: `abcdefghij`, `9876543210`.
  private static func isSequence(_ scalars: [Unicode.Scalar]) -> Bool {
    let steps = zip(scalars, scalars.dropFirst()).map { Int64($1.value) - Int64($0.value) }
    // From 9 to 0 and back the row of a keyboard goes on.
    return steps.allSatisfy { $0 == 1 || $0 == -9 } || steps.allSatisfy { $0 == -1 || $0 == 9 }
  }

  private static let disguises: [Unicode.Scalar: Unicode.Scalar] = [
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i",
  ]

  private static func trimmed(_ scalars: [Unicode.Scalar], to isKept: (Unicode.Scalar) -> Bool) -> [Unicode.Scalar] {
    guard let first = scalars.firstIndex(where: isKept), let last = scalars.lastIndex(where: isKept) else { return [] }
    return Array(scalars[first...last])
  }

  /// Takes every occurrence out, from left to right; at most 128 by 128 comparisons.
  private static func removing(_ part: [Unicode.Scalar], from scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var rest: [Unicode.Scalar] = []
    var index = 0
    while index < scalars.count {
      if scalars[index...].starts(with: part) {
        index += part.count
      } else {
        rest.append(scalars[index])
        index += 1
      }
    }
    return rest
  }
}
