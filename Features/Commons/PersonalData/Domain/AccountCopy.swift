package import Database
import Foundation

/// A person's own data.
package struct AccountCopy: Codable, Sendable {
  package struct Contribution: Codable, Sendable {
    let kind: String, title: String, text: String, language: String, published: Date?, state: String
  }
  package struct Vote: Codable, Sendable { let on: String, kind: String, choice: String }
  package struct Draft: Codable, Sendable { let form: String, fields: String }
  package struct Session: Codable, Sendable { let device: String, started: Date }
  package struct Suspension: Codable, Sendable { let reason: String, from: Date, until: Date? }

  let email: String, name: String, language: String, created: Date, termsVersion: Int, underFifteen: Bool, roles: [String]
  let contributions: [Contribution], votes: [Vote], drafts: [Draft], sessions: [Session], suspensions: [Suspension]
}

extension AccountCopy {
  /// All that the account holds, as values to be written as JSON.
  package static func of(_ person: PersonID, in db: Reading) throws -> AccountCopy {
    guard let account = try People.person(person, in: db) else { throw NotFound() }
    let contributions = try db.all(
      """
      SELECT r.kind, v.title, v.source, v.language, r.published_at, r.withdrawn_at, r.hidden_at
      FROM resources r JOIN authors a ON a.id = r.author_id JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision
      WHERE a.person_id = $1 ORDER BY r.id
      """, person
    ) { row in
      Contribution(
        kind: row.text(0), title: row.text(1), text: row.text(2), language: row.text(3), published: row.instantOrNil(4)?.date,
        state: ResourceState(isWithdrawn: row.instantOrNil(5) != nil, isHidden: row.instantOrNil(6) != nil).rawValue)
    }
    let votes = try db.all(
      """
      SELECT v.title, r.kind, t.choice FROM votes t JOIN resources r ON r.id = t.resource_id
        JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision
      WHERE t.person_id = $1 ORDER BY t.resource_id, t.edition
      """, person
    ) { Vote(on: $0.text(0), kind: $0.text(1), choice: $0.text(2)) }
    let drafts = try Drafts.list(of: person, in: db).map { Draft(form: $0.path, fields: $0.fields) }
    let sessions = try Sessions.list(of: person, in: db).map { Session(device: $0.device, started: $0.started.date) }
    let suspensions = try Suspensions.list(of: person, in: db).map {
      Suspension(reason: $0.reason, from: $0.at.date, until: $0.lifted?.date)
    }
    return AccountCopy(
      email: account.email, name: account.name, language: account.language.tag, created: account.created.date,
      termsVersion: account.termsVersion, underFifteen: account.underFifteen,
      roles: try Grants.held(by: person, in: db).map(\.role.rawValue).sorted(),
      contributions: contributions, votes: votes, drafts: drafts, sessions: sessions, suspensions: suspensions)
  }
}

extension Instant {
  fileprivate var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
