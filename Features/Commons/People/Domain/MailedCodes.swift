package import Database
package import Localization
import Passwords

/// Six-digit codes and links that prove an address.
///
/// The code is typed in the page left open: it opens nothing elsewhere. The link is the second way: it shows a page whose button spends it,
/// since mail scanners open links. Both end after ten minutes, after five wrong tries, once used, and when a newer one is asked for from the same network:
/// a stranger who asks for someone's address ends nothing of theirs.
package enum MailedCodes {
  package enum Purpose: String, Sendable {
    case signIn = "sign-in"
    case reset
    case changeAddress = "change-address"
  }

  /// What the caller draws: the six digits, the token in the link, the token of the page left open.
  package struct Drawn: Sendable {
    package let code: String
    package let link: String
    package let page: String

    package init(code: String, link: String, page: String) {
      self.code = code
      self.link = link
      self.page = page
    }

    /// The key of the mail's job: it names this code, and tells nothing of it.
    package var job: String { "code:" + Secret.base64URL(Secret.hash(page)).prefix(20) }

    package static func draw() -> Drawn { Drawn(code: Secret.sixDigits(), link: Secret.token(), page: Secret.token()) }
  }

  /// What a spent code proves.
  package struct ProvedAddress: Sendable {
    package let purpose: Purpose
    package let email: String
    package let emailKey: String
    package let person: PersonID?
    package let draft: Int64?
    package let language: Language

    /// What stands before the `@`.
    var localPart: String { String(decoding: email.utf8.prefix { $0 != UInt8(ascii: "@") }, as: UTF8.self) }
  }

  static let minutes: Int64 = 10
  static let mostTries = 5

  package static func send(
    _ drawn: Drawn, _ purpose: Purpose, to email: String, key: String, person: PersonID?, draft: Int64?, language: Language,
    from network: String = "",
    secret: [UInt8], in db: Writing
  ) throws {
    if purpose == .changeAddress {
      _ = try db.run(
        "UPDATE mailed_codes SET spent_at = $1 WHERE person_id = $2 AND purpose = $3 AND spent_at IS NULL", db.now, person, purpose.rawValue)
    } else {
      _ = try db.run(
        "UPDATE mailed_codes SET spent_at = $1 WHERE email_key = $2 AND purpose = $3 AND asked_from = $4 AND spent_at IS NULL", db.now, key,
        purpose.rawValue, network)
    }
    _ = try db.insert(
      """
      INSERT INTO mailed_codes (purpose, email, email_key, person_id, code_hash, link_hash, page_hash, draft_id, language, asked_from, tries, sent_at,
        expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12) RETURNING id
      """, purpose.rawValue, email, key, person, Secret.hash(code: drawn.code, page: drawn.page, key: secret), Secret.hash(drawn.link),
      Secret.hash(drawn.page), draft, language.tag, network, db.now, db.now.adding(minutes: minutes))
  }

  /// Spends the code typed in the page left open.
  /// - Returns: what it proves, or nil: wrong, late, spent, tried too often or for another purpose, told apart to nobody.
  package static func spend(code: String, page: String, for purpose: Purpose, secret: [UInt8], in db: Writing) throws -> ProvedAddress? {
    try check(code: code, page: page, for: purpose, secret: secret, in: db).flatMap { try spend($0, in: db) }
  }

  /// Whether the code is the right one for its page and purpose; a wrong one counts as a try, a right one is not spent yet.
  package static func check(code: String, page: String, for purpose: Purpose, secret: [UInt8], in db: Writing) throws -> Int64? {
    let row = try db.first(
      "SELECT id, code_hash, tries FROM mailed_codes WHERE page_hash = $1 AND purpose = $2 AND spent_at IS NULL AND expires_at > $3",
      Secret.hash(page), purpose.rawValue, db.now
    ) { row in (id: row.int64(0), hash: row.blob(1), tries: row.int(2)) }
    guard let row, row.tries < mostTries else { return nil }
    guard isEqualInConstantTime(row.hash, Secret.hash(code: code, page: page, key: secret)) else {
      _ = try db.run("UPDATE mailed_codes SET tries = tries + 1 WHERE id = $1", row.id)
      return nil
    }
    return row.id
  }

  /// Whether no code typed in the page left open can be the right one any more. Where none was sent, too many having been, this tells nothing.
  package static func isOver(page: String, for purpose: Purpose, in db: Reading) throws -> Bool {
    try db.count(
      "SELECT COUNT(*) FROM mailed_codes WHERE page_hash = $1 AND purpose = $2 AND (spent_at IS NOT NULL OR expires_at <= $3 OR tries >= $4)",
      Secret.hash(page), purpose.rawValue, db.now, mostTries) == 1
  }

  /// Spends the link by the press of its page's button.
  package static func spend(link: String, for purpose: Purpose, in db: Writing) throws -> ProvedAddress? {
    try open(link: link, for: purpose, in: db).flatMap { try spend($0, in: db) }
  }

  /// Whether the link still opens something of this purpose; spends nothing.
  package static func open(link: String, for purpose: Purpose, in db: Reading) throws -> Int64? {
    try db.first(
      "SELECT id FROM mailed_codes WHERE link_hash = $1 AND purpose = $2 AND spent_at IS NULL AND expires_at > $3", Secret.hash(link),
      purpose.rawValue, db.now
    ) { $0.int64(0) }
  }

  /// Spends a code or link that was found good in this transaction.
  package static func spend(_ id: Int64, in db: Writing) throws -> ProvedAddress? {
    guard try db.run("UPDATE mailed_codes SET spent_at = $1 WHERE id = $2 AND spent_at IS NULL", db.now, id) == 1 else { return nil }
    return try proved(id, in: db)
  }

  /// What a code or link that was found good would prove.
  package static func proved(_ id: Int64, in db: Reading) throws -> ProvedAddress? {
    try db.first("SELECT purpose, email, email_key, person_id, draft_id, language FROM mailed_codes WHERE id = $1", id) { row in
      ProvedAddress(
        purpose: row.choice(0, or: .signIn), email: row.text(1), emailKey: row.text(2), person: row.idOrNil(3), draft: row.int64OrNil(4),
        language: Language(row.text(5)))
    }
  }

  /// Ends all codes and links that were sent to someone, or to their address.
  package static func endAll(of person: PersonID, in db: Writing) throws {
    _ = try db.run(
      """
      UPDATE mailed_codes SET spent_at = $1 WHERE spent_at IS NULL
        AND (person_id = $2 OR email_key = (SELECT email_key FROM people WHERE id = $2))
      """, db.now, person)
  }

  /// Forgets the codes of an account that ends, and those asked for at its address before there was one.
  package static func forget(of person: PersonID, emailKey: String?, in db: Writing) throws {
    _ = try db.run("DELETE FROM mailed_codes WHERE person_id = $1 OR email_key = $2", person, emailKey)
  }

  /// Forgets codes that have long been over.
  package static func sweep(in db: Writing) throws { _ = try db.run("DELETE FROM mailed_codes WHERE expires_at < $1", db.now.adding(days: -1)) }

  /// Codes sent to an address within an hour, at the wish of one network.
  static let mostFromOne = 6
  /// And at the wish of all: what a mailbox must bear from strangers together.
  static let mostFromAll = 30

  /// Whether one more code may go to an address: what strangers asked for does not keep its owner out.
  package static func maySend(to key: String, from network: String, in db: Reading) throws -> Bool {
    let since = db.now.adding(minutes: -60)
    let own = try db.count("SELECT COUNT(*) FROM mailed_codes WHERE email_key = $1 AND asked_from = $2 AND sent_at > $3", key, network, since)
    let all = try db.count("SELECT COUNT(*) FROM mailed_codes WHERE email_key = $1 AND sent_at > $2", key, since)
    return own < mostFromOne && (own == 0 || all < mostFromAll)
  }
}
