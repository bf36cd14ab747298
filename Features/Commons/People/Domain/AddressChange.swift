package import Database

/// Moving an account to another address, which was proved by a mailed code or link.
package enum AddressChange {
  package static let moved = EventKind("people.moved", .nobody)

  /// Gives the account its new address, ends the other sessions, and the codes and links that were sent to the old one.
  /// - Parameters:
  ///   - person: who is signed in; a proof that someone else asked for moves nothing.
  ///   - session: the one that stays.
  /// - Returns: the old address; nil when the proof is another's, or the address was taken meanwhile.
  package static func move(_ person: PersonID, to proof: MailedCodes.ProvedAddress, keeping session: Int64, in db: Writing) throws -> String? {
    guard proof.purpose == .changeAddress, proof.person == person, let account = try People.person(person, in: db),
      try People.find(email: proof.emailKey, in: db) == nil
    else { return nil }
    try MailedCodes.endAll(of: person, in: db)
    _ = try db.run(
      "UPDATE people SET email = $1, email_key = $2, email_confirmed_at = $3 WHERE id = $4", proof.email, proof.emailKey, db.now, person)
    try Sessions.endAll(of: person, but: session, in: db)
    try db.record(moved, by: person, on: ("people", person.number), in: nil)
    return account.email
  }
}
