package import Database
package import Passwords

/// A new password for someone who forgot theirs, proved by a mailed code or link.
package enum PasswordReset {
  /// What came back from the mail.
  package enum Evidence: Sendable {
    case code(String, page: String)
    case link(String)
  }

  package enum Outcome: Sendable {
    case done(PersonID)
    /// Wrong, late, spent, or for no account: told apart to nobody.
    case wrong
    /// The proof is right and not spent; the password is too easy.
    case weak(PasswordPolicy.Fault)
  }

  /// Sets the password, ends all sessions, codes and links of the person, and starts a session here. It has not shown the second factor:
  /// whoever has one is asked for it next.
  /// - Parameters:
  ///   - password: as it was typed, to be judged against the person's own names, and its hash.
  ///   - names: what else the password must not be made of, such as the organization's name.
  ///   - session: the token of the session to start.
  package static func reset(
    with proof: Evidence, password: (typed: String, hash: String), policy: PasswordPolicy, names: [String], session: (token: String, device: String),
    secret: [UInt8], in db: Writing
  ) throws -> Outcome {
    let id =
      switch proof {
      case .code(let code, let page): try MailedCodes.check(code: code, page: page, for: .reset, secret: secret, in: db)
      case .link(let link): try MailedCodes.open(link: link, for: .reset, in: db)
      }
    // The address may have moved to another account since, or the account may be gone.
    guard let id, let proved = try MailedCodes.proved(id, in: db), let person = proved.person,
      let account = try People.find(email: proved.emailKey, in: db), account.id == person, let shown = try People.person(person, in: db)
    else { return .wrong }
    if let fault = policy.fault(in: password.typed, names: names + [shown.name, proved.localPart]) { return .weak(fault) }
    guard try MailedCodes.spend(id, in: db) != nil else { return .wrong }
    try People.setPassword(password.hash, of: person, in: db)
    try Sessions.endAll(of: person, but: nil, in: db)
    try MailedCodes.endAll(of: person, in: db)
    try Sessions.start(session.token, for: person, device: session.device, in: db)
    return .done(person)
  }
}
