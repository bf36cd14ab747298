package import Database
import Foundation

/// A person's own data.
package struct AccountCopy: Codable, Sendable {
  package struct Contribution: Codable, Sendable {
    let kind: String, title: String, text: String, language: String, published: Date?, state: String
    /// The organization or group that it was written for; empty where the person wrote for themselves.
    let writtenAs: String
    /// What it is about and, of an argument or a source, how it stands to it.
    var about: String?
    let side: String?, address: String?
  }
  package struct Vote: Codable, Sendable { let on: String, kind: String, choice: String }
  package struct Draft: Codable, Sendable { let form: String, fields: String }
  package struct Session: Codable, Sendable { let device: String, started: Date, lastUsed: Date }
  package struct Suspension: Codable, Sendable { let reason: String, from: Date, until: Date? }
  package struct SpokenFor: Codable, Sendable { let kind: String, name: String, members: [String] }
  package struct Followed: Codable, Sendable { let kind: String, title: String }
  package struct Report: Codable, Sendable { let on: String, rule: String, note: String, made: Date }

  let email: String, name: String, language: String, created: Date, lastSignIn: Date, termsVersion: Int, underFifteen: Bool
  let hasPassword: Bool, hasSecondFactor: Bool, roles: [String], speaksFor: [SpokenFor]
  let contributions: [Contribution], votes: [Vote], followed: [Followed], reports: [Report]
  /// The slips printed as an agent, by their references: what stands on them is about others.
  let assisted: [String]
  let stoppedMails: [String], drafts: [Draft], sessions: [Session], suspensions: [Suspension]
}

extension AccountCopy {
  /// All that is kept of a person, as values to be written as JSON; what others hid or withdrew since is named by its kind alone.
  package static func of(_ person: PersonID, in db: Reading) throws -> AccountCopy {
    guard let account = try People.person(person, in: db) else { throw NotFound() }
    return AccountCopy(
      email: account.email, name: account.name, language: account.language.tag, created: account.created.date,
      lastSignIn: account.lastSignIn.date, termsVersion: account.termsVersion, underFifteen: account.underFifteen,
      hasPassword: account.hasPassword, hasSecondFactor: account.hasSecondFactor,
      roles: try Grants.held(by: person, in: db).map(\.role.rawValue).sorted(),
      speaksFor: try Authors.spoken(by: person, in: db).map { SpokenFor(kind: $0.kind, name: $0.name, members: $0.members) },
      contributions: try contributions(of: person, db), votes: try votes(of: person, db), followed: try followed(by: person, db),
      reports: try Moderation.reports(by: person, in: db).map {
        Report(on: try name(of: $0.resource, db), rule: $0.rule, note: $0.note, made: $0.made.date)
      },
      assisted: try Authors.references(by: person, in: db),
      stoppedMails: try Unsubscriptions.stopped(by: person, in: db).map(\.rawValue).sorted(),
      drafts: try Drafts.list(of: person, in: db).map { Draft(form: $0.path, fields: $0.fields) },
      sessions: try Sessions.list(of: person, in: db).map { Session(device: $0.device, started: $0.started.date, lastUsed: $0.seen.date) },
      suspensions: try Suspensions.list(of: person, in: db).map { Suspension(reason: $0.reason, from: $0.at.date, until: $0.lifted?.date) })
  }

  private static func contributions(of person: PersonID, _ db: Reading) throws -> [Contribution] {
    let rows = try db.all(
      """
      SELECT r.kind, v.title, v.source, v.language, r.published_at, r.withdrawn_at, r.hidden_at, r.subject_id, COALESCE(a.name, ''), g.side, s.address
      FROM resources r JOIN authors a ON a.id = r.author_id JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision
        LEFT JOIN arguments g ON g.resource_id = r.id LEFT JOIN sources s ON s.resource_id = r.id
      WHERE a.person_id = $1 ORDER BY r.id
      """, person
    ) { row in
      let state = ResourceState(isWithdrawn: row.instantOrNil(5) != nil, isHidden: row.instantOrNil(6) != nil)
      let contribution = Contribution(
        kind: row.text(0), title: row.text(1), text: row.text(2), language: row.text(3), published: row.instantOrNil(4)?.date,
        state: state.rawValue, writtenAs: row.text(8), side: row.textOrNil(9), address: row.textOrNil(10))
      return (contribution: contribution, about: row.idOrNil(7) as ResourceID?)
    }
    return try rows.map { row in
      var contribution = row.contribution
      contribution.about = try row.about.map { try name(of: $0, db) }
      return contribution
    }
  }

  private static func votes(of person: PersonID, _ db: Reading) throws -> [Vote] {
    let rows = try db.all(
      "SELECT t.resource_id, r.kind, t.choice FROM votes t JOIN resources r ON r.id = t.resource_id WHERE t.person_id = $1 ORDER BY t.id", person
    ) { (resource: $0.id(0) as ResourceID, kind: $0.text(1), choice: $0.text(2)) }
    return try rows.map { Vote(on: try name(of: $0.resource, db), kind: $0.kind, choice: $0.choice) }
  }

  private static func followed(by person: PersonID, _ db: Reading) throws -> [Followed] {
    try Follows.list(of: person, limit: Follows.most, in: db).map { subject in
      switch subject {
      case .space(let id):
        let title = try Spaces.space(id, in: db)?.title
        return Followed(kind: "process", title: title.map { $0.text(in: $0.original).text } ?? "")
      case .resource(let id): return Followed(kind: try Resources.resource(id, in: db).kind.rawValue, title: try name(of: id, db))
      }
    }
  }

  /// How something is called, as long as everyone may read it; empty where it was hidden or withdrawn since.
  private static func name(of id: ResourceID, _ db: Reading) throws -> String {
    let resource = try Resources.resource(id, in: db)
    return try OwnActivity.isPublic(resource, db) ? Revisions.shown(resource, in: db).name : ""
  }
}

extension Instant {
  fileprivate var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
