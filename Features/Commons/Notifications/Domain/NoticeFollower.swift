package import Database
import Foundation
import Localization

/// Tells people what happened to what they wrote, voted on or follow. A reactor: at least once, each mail under a key of its own.
package struct NoticeFollower: Follower {
  package let name = "notices"
  package let kind = FollowerKind.reactor

  package init() {}

  /// What each kind of event makes of whom; rows, not branches.
  private static let rules: [(kind: EventKind, audience: Audience, mail: String, topic: Topic?)] = [
    (Moderation.hidden, .author, "hidden", .moderation),
    (Moderation.restored, .author, "restored", .moderation),
    (Resources.reworded, .voters, "reworded", .wording),
    (Resources.answered, .followersOfResource, "answered", .follow),
    (Spaces.newsPosted, .followersOfSpace, "news", .follow),
    // Of security, so that a role taken by theft is seen: they cannot be stopped, and whoever gave the role is told as well.
    (Grants.given, .grantee, "granted", nil),
    (Grants.given, .administrators, "administrator-made", nil),
  ]

  private enum Audience { case author, voters, followersOfResource, followersOfSpace, grantee, administrators }

  package func handle(_ events: [StoredEvent], in db: Writing) throws {
    for event in events {
      for rule in Self.rules where rule.kind.name == event.kind {
        let recipients = try recipients(rule.audience, of: event, in: db).filter { $0.number != event.actor || rule.topic == nil }
        guard !recipients.isEmpty else { continue }
        let words = try words(of: event, in: db)
        for person in recipients {
          guard let account = try People.person(person, in: db), !account.email.isEmpty else { continue }
          if let topic = rule.topic, try Unsubscriptions.stopped(by: person, in: db).contains(topic) { continue }
          let notice = Notice(
            to: person, language: account.language, name: rule.mail, values: words.values, path: words.path, topic: rule.topic)
          try notice.post(key: "event:\(event.position):\(person.number)", in: db)
        }
      }
    }
  }

  private func recipients(_ audience: Audience, of event: StoredEvent, in db: Writing) throws -> [PersonID] {
    switch audience {
    case .author: return try Resources.resource(ID(event.subject), in: db).authorPerson.map { [$0] } ?? []
    case .voters:
      let edition = max(1, try Resources.resource(ID(event.subject), in: db).edition - 1)
      return try everyone { try Votes.voters(on: ID(event.subject), edition: edition, after: $0, limit: 1_000, in: db) }
    case .followersOfResource:
      // Whoever wrote it is told as well, without having to follow what is theirs.
      let author = try Resources.resource(ID(event.subject), in: db).authorPerson
      let followers = try everyone { try Follows.followers(of: .resource(ID(event.subject)), after: $0, limit: 1_000, in: db) }
      return Array(Set(followers + (author.map { [$0] } ?? []))).sorted()
    case .followersOfSpace:
      guard let space = event.space else { return [] }
      return try everyone { try Follows.followers(of: .space(ID(space)), after: $0, limit: 1_000, in: db) }
    case .grantee: return event.actor == nil ? [] : [ID(event.subject)]
    case .administrators:
      guard event.actor != nil, role(of: event) == .administrator else { return [] }
      return try Grants.list(in: db).filter { $0.role == .administrator && $0.person.number != event.subject }.map(\.person)
    }
  }

  private func role(of event: StoredEvent) -> Role? {
    struct Facts: Decodable { let role: String }
    return (try? JSONDecoder().decode(Facts.self, from: Data(event.payload.utf8))).flatMap { Role(rawValue: $0.role) }
  }

  /// All pages of a list that is read a thousand at a time.
  private func everyone(_ page: (_ after: Int64) throws -> [PersonID]) rethrows -> [PersonID] {
    var all: [PersonID] = []
    while true {
      let next = try page(all.last?.number ?? 0)
      all += next
      if next.count < 1_000 { return all }
    }
  }

  /// The title to name and the page to lead to; a row that is gone leaves a bare notice.
  private func words(of event: StoredEvent, in db: Writing) throws -> (values: [String: String], path: String?) {
    if event.subjectKind == "news", let space = event.space, let found = try Spaces.space(ID(space), in: db) {
      return (["title": found.title.text(in: found.title.original).text], "/processes/" + found.slug)
    }
    if event.subjectKind == "people" {
      func name(_ id: Int64) throws -> String { try People.person(ID(id), in: db)?.name ?? "–" }
      let role = role(of: event)
      let values = ["person": try name(event.subject), "giver": try event.actor.map(name) ?? "–", "role": role?.rawValue ?? ""]
      return (values, role == .administrator ? "/admin/roles" : "/account")
    }
    guard event.subjectKind == "resources" else { return ([:], nil) }
    let resource = try Resources.resource(ID(event.subject), in: db)
    let shown = try Revisions.shown(resource, in: db)
    let values = [
      "title": shown.name, "rule": try Moderation.tombstone(of: resource.id, in: db)?.rule ?? "",
      "reason": try Moderation.hiddenReason(of: resource.id, in: db),
    ]
    return (values, try ResourcePath.path(of: resource, in: db))
  }
}
