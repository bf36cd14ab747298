package import Database

/// Following a space or a resource; nobody else sees it.
package struct FollowSubject: Act {
  package init() {}
  package func verdict(for actor: Actor, at now: Instant) -> Verdict { actor.obstacle.map { .no($0) } ?? .yes }
}

package enum Follows {
  package enum Subject: Sendable, Hashable {
    case space(SpaceID)
    case resource(ResourceID)

    var kind: String {
      switch self {
      case .space: "space"
      case .resource: "resource"
      }
    }
    var id: Int64 {
      switch self {
      case .space(let id): id.number
      case .resource(let id): id.number
      }
    }
  }

  /// The most that one person follows.
  package static let most = 500

  package static func set(_ follows: Bool, _ subject: Subject, permit: consuming Permit<FollowSubject>, in db: Writing) throws {
    guard let person = permit.actor.person else { return }
    if follows {
      if try db.count("SELECT COUNT(*) FROM follows WHERE person_id = $1", person) >= most { throw Refusal("refusal.too-many-follows") }
      _ = try db.run(
        "INSERT INTO follows (person_id, subject_kind, subject_id, followed_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", person, subject.kind,
        subject.id, db.now)
    } else {
      _ = try db.run("DELETE FROM follows WHERE person_id = $1 AND subject_kind = $2 AND subject_id = $3", person, subject.kind, subject.id)
    }
  }

  package static func isFollowed(_ subject: Subject, by person: PersonID, in db: Reading) throws -> Bool {
    try db.count("SELECT COUNT(*) FROM follows WHERE person_id = $1 AND subject_kind = $2 AND subject_id = $3", person, subject.kind, subject.id) > 0
  }

  /// What a person follows, the newest first.
  package static func list(of person: PersonID, limit: Int, in db: Reading) throws -> [Subject] {
    try db.all(
      "SELECT subject_kind, subject_id FROM follows WHERE person_id = $1 ORDER BY followed_at DESC, subject_id DESC LIMIT $2", person, limit
    ) { $0.text(0) == "space" ? .space($0.id(1)) : .resource($0.id(1)) }
  }

  package static func forget(of person: PersonID, in db: Writing) throws { _ = try db.run("DELETE FROM follows WHERE person_id = $1", person) }

  package static func count(_ subject: Subject, in db: Reading) throws -> Int {
    try db.count("SELECT COUNT(*) FROM follows WHERE subject_kind = $1 AND subject_id = $2", subject.kind, subject.id)
  }

  package static func followers(of subject: Subject, after person: Int64, limit: Int, in db: Reading) throws -> [PersonID] {
    try db.all(
      "SELECT person_id FROM follows WHERE subject_kind = $1 AND subject_id = $2 AND person_id > $3 ORDER BY person_id LIMIT $4", subject.kind,
      subject.id, person, limit
    ) { $0.id(0) }
  }
}
