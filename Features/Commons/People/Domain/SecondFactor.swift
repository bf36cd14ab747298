package import Database
import Passwords

/// The second factor: a code that changes every 30 seconds (TOTP, RFC 6238). A step is taken once.
package enum SecondFactor {
  /// Begins the set-up: the secret waits for its first right code. One that is confirmed stays.
  package static func begin(_ secret: [UInt8], for person: PersonID, in db: Writing) throws {
    _ = try db.run("UPDATE people SET totp_secret = $1, totp_last_step = NULL WHERE id = $2 AND totp_confirmed_at IS NULL", secret, person)
  }

  package static func secret(of person: PersonID, in db: Reading) throws -> (secret: [UInt8], isConfirmed: Bool)? {
    try db.first("SELECT totp_secret, totp_confirmed_at FROM people WHERE id = $1 AND totp_secret IS NOT NULL", person) { row in
      (row.blob(0), row.instantOrNil(1) != nil)
    }
  }

  /// Checks a code, and takes its step so that it is not taken twice.
  package static func check(_ code: String, of person: PersonID, session: Int64, in db: Writing) throws -> Bool {
    let row = try db.first("SELECT totp_secret, COALESCE(totp_last_step, 0) FROM people WHERE id = $1 AND totp_secret IS NOT NULL", person) { row in
      (secret: row.blob(0), last: row.int64(1))
    }
    guard let row, let step = TOTP(secret: row.secret).step(matching: code, at: db.now.milliseconds / 1000), step > row.last else { return false }
    _ = try db.run(
      "UPDATE people SET totp_last_step = $1, totp_confirmed_at = COALESCE(totp_confirmed_at, $2) WHERE id = $3", step, db.now, person)
    try Sessions.showSecondFactor(session, in: db)
    return true
  }

  package static func remove(from person: PersonID, in db: Writing) throws {
    _ = try db.run("UPDATE people SET totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = NULL WHERE id = $1", person)
    try RecoveryCodes.forget(of: person, in: db)
    try db.record(People.secured, by: person, on: ("people", person.number), in: nil)
  }
}
