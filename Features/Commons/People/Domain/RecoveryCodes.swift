package import Database
import Foundation

/// Ten codes for whoever lost the second factor: shown once, kept as hashes under the organization's secret, each spent once.
package enum RecoveryCodes {
  /// How many are made at a time.
  package static let count = 10
  /// Signs of a code: twelve of 26, so 56 bits.
  private static let length = 12
  private static let alphabet = Set(Secret.alphabet)

  /// Ten fresh codes as people read them: `ACDE-FGHJ-3467`.
  package static func draw() -> [String] { (0..<count).map { _ in Secret.groups(of: 4, count: length / 4) } }

  /// The signs of a code as it was typed: in any case, with or without hyphens and spaces, full-width or not; nil when it is none.
  package static func folded(_ typed: String) -> String? {
    guard typed.utf8.count <= 100 else { return nil }
    var signs: [UInt8] = []
    for scalar in typed.precomposedStringWithCompatibilityMapping.uppercased().unicodeScalars {
      if scalar.properties.isWhitespace || scalar.properties.generalCategory == .dashPunctuation { continue }
      guard let sign = UInt8(exactly: scalar.value), alphabet.contains(sign) else { return nil }
      signs.append(sign)
    }
    return signs.count == length ? String(decoding: signs, as: UTF8.self) : nil
  }

  /// Keeps fresh codes of someone; those made before open nothing any more.
  package static func replace(with codes: [String], of person: PersonID, secret: [UInt8], in db: Writing) throws {
    try forget(of: person, in: db)
    for code in codes {
      guard let signs = folded(code) else { continue }
      _ = try db.insert(
        "INSERT INTO recovery_codes (person_id, code_hash, made_at) VALUES ($1, $2, $3) RETURNING id", person, hash(signs, of: person, secret),
        db.now)
    }
    try db.record(People.secured, by: person, on: ("people", person.number), in: nil)
  }

  /// How many have not been spent.
  package static func left(of person: PersonID, in db: Reading) throws -> Int {
    try db.count("SELECT COUNT(*) FROM recovery_codes WHERE person_id = $1 AND spent_at IS NULL", person)
  }

  /// Spends a code in the place of the second factor, for this session; false when it is none of theirs, or was spent.
  package static func spend(_ typed: String, of person: PersonID, session: Int64, secret: [UInt8], in db: Writing) throws -> Bool {
    guard let signs = folded(typed), try SecondFactor.secret(of: person, in: db)?.isConfirmed ?? false else { return false }
    let spent = try db.run(
      "UPDATE recovery_codes SET spent_at = $1 WHERE person_id = $2 AND code_hash = $3 AND spent_at IS NULL", db.now, person,
      hash(signs, of: person, secret))
    guard spent > 0 else { return false }
    try Sessions.showSecondFactor(session, in: db)
    try db.record(People.secured, by: person, on: ("people", person.number), in: nil)
    return true
  }

  package static func forget(of person: PersonID, in db: Writing) throws { _ = try db.run("DELETE FROM recovery_codes WHERE person_id = $1", person) }

  private static func hash(_ signs: String, of person: PersonID, _ secret: [UInt8]) -> [UInt8] {
    Secret.hash(code: signs, page: "recovery:\(person.number)", key: secret)
  }
}
