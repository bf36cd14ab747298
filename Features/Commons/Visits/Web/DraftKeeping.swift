import CommonsDomain
import Database
import Foundation
package import Interface

/// Keeps what was typed when it cannot be published now: before signing in, after a phase closed, when a session was lost.
enum DraftKeeping {
  struct Kept: Sendable {
    let id: Int64
    let token: String
  }

  /// Keeps the fields of the form that was sent, for the person signed in or under a token.
  /// - Returns: nil when nothing worth keeping was typed.
  static func keep(_ visit: Visit) async throws -> Kept? {
    guard isContribution(visit.exchange.path) || isDesk(visit.exchange.path) else { return nil }
    // Of what says where in a form one is, only the question that was left and what it was begun from.
    let fields = visit.exchange.form.fields.pairs.filter { !$0.name.hasPrefix("_") || $0.name == "_step" || $0.name == FormState.seen }
    guard fields.contains(where: { !$0.value.isEmpty && $0.name != FormState.seen }) else { return nil }
    // Boxes that share a name are kept together, as forms read them.
    let object = Dictionary(fields.map { ($0.name, $0.value) }, uniquingKeysWith: { $0 + " " + $1 })
    guard let json = try? JSONEncoder().encode(object), json.count <= (visit.signedIn == nil ? Drafts.longestOfNobody : Drafts.longest) else {
      return nil
    }
    let token = Secret.token()
    let path = formPath(visit.exchange.path)
    let titles = object.filter { $0.key.hasPrefix("title") && !$0.value.isEmpty }.min { $0.key < $1.key }
    let others = object.filter { $0.key.contains("title") && !$0.value.isEmpty }.min { $0.key < $1.key }
    let title = titles?.value ?? others?.value ?? object["body"] ?? ""
    let (person, text, source) = (visit.signedIn?.person, String(decoding: json, as: UTF8.self), "draft:" + visit.network)
    let id = try await visit.organization.database.write { db -> Int64? in
      if person == nil {
        // Nobody fills the disk with drafts of nobody.
        guard try Attempts.count(source, minutes: 60, in: db) < mostWithoutAccount else { return nil }
        try Attempts.note(source, in: db)
      }
      return try Drafts.save(path: path, title: String(title.prefix(80)), fields: text, token: token, for: person, in: db)
    }
    return id.map { Kept(id: $0, token: token) }
  }

  /// From one network within an hour: a university, on the evening of a debate, loses no text.
  static let mostWithoutAccount = 600

  /// Forms of what people write, and nothing else: what someone meant to vote is kept nowhere here before it is a vote, and forms that prove
  /// who someone is hold secrets.
  static func isContribution(_ path: String) -> Bool {
    guard path.hasPrefix("/processes/") else { return false }
    let forms = [
      "/proposals/new", "/proposals/assist", "/articles/new", "/wordings/new", "/arguments/new", "/sources/new", "/correct", "/version",
    ]
    return forms.contains(where: path.hasSuffix)
  }

  /// Forms in which organisers write; their presses (move, remove, publish) hold nothing to keep.
  private static func isDesk(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    guard parts.first == "admin" else { return parts.first == "processes" && parts.last == "guarantor-report" }
    if parts.count == 2 { return parts[1] == "settings" }
    if parts.count == 3 { return parts[1] == "legal" || path == "/admin/processes/new" }
    let ends: Set<Substring> = ["words", "commitment", "partners", "image", "new"]
    let above: Set<Substring> = ["phases", "activities", "news", "sections", "documents"]
    return parts[1] == "processes" && (ends.contains(parts[parts.count - 1]) || above.contains(parts[parts.count - 2]))
  }

  /// Hands a draft to whoever signed in. Whoever holds a role gets it only in the browser that it was typed in: a mailed link may bring what a
  /// stranger typed, and theirs would be signed by the town. What is kept of one form at the desk takes the place of what was.
  static func adopt(_ id: Int64, held token: String?, by person: PersonID, in db: Writing) throws -> Draft? {
    let isHere = try token.flatMap { try Drafts.find(token: $0, in: db)?.id } == id
    let path = try Drafts.path(of: id, in: db) ?? ""
    guard try isHere || isContribution(path) && !Grants.holdsAny(person, in: db) else { return nil }
    if isDesk(path) { try Drafts.remove(path: path, of: person, in: db) }
    return try Drafts.adopt(id, by: person, in: db)
  }

  /// The page whose form was posted: presses (vote, support) lead back to the page they stand on.
  static func formPath(_ path: String) -> String {
    for press in ["/vote", "/follow", "/useful", "/publish"] where path.hasSuffix(press) { return String(path.dropLast(press.count)) }
    return path
  }

  /// Where to go on once what stands in the way is done: the form's page, or the page of a press, which then says that the press was not counted.
  static func returnPath(_ visit: Visit) -> String {
    let path = formPath(visit.exchange.path)
    return path == visit.exchange.path ? path : path + UncountedPress.mark + anchor(of: visit.exchange.path)
  }

  /// Where on its page a press stands.
  private static func anchor(of path: String) -> String {
    if path.hasSuffix("/useful") { return "#arguments" }
    guard path.hasSuffix("/vote") else { return "" }
    return path.contains("/proposals/") ? "#support" : "#vote"
  }

  static func toSignIn(_ visit: Visit, _ kept: Kept?) -> Answer {
    var answer = visit.redirect("/sign-in?return=" + Percent.encode(returnPath(visit)))
    if let press = UncountedPress.kept(visit) { answer = answer.with(press) }
    guard let kept else { return answer }
    return answer.with(.init(cookie(visit), "\(kept.token)", age: 3600))
  }

  static func cookie(_ visit: Visit) -> String { visit.exchange.site.isSecure ? "__Host-draft" : "draft" }

  /// The values that a form begins with: the person's own draft of it.
  static func values(of draft: Draft?) -> [String: String] {
    guard let draft else { return [:] }
    return (try? JSONDecoder().decode([String: String].self, from: Data(draft.fields.utf8))) ?? [:]
  }
}

extension Visit {
  /// What a form begins with: what its reader typed when it could not be saved, or the values given.
  package func begun(_ state: FormState) async throws -> FormState {
    var state = state
    state.values[FormState.seen] = state.fingerprint
    guard let person = signedIn?.person else { return state }
    let path = exchange.path
    guard let draft = try await read({ try Drafts.find(path: path, of: person, in: $0) }) else { return state }
    var kept = FormState(values: DraftKeeping.values(of: draft))
    kept.draft = .init(number: draft.id, saved: draft.saved.milliseconds, isOvertaken: kept[FormState.seen] != state.fingerprint)
    kept.values[FormState.seen] = state.fingerprint
    return kept
  }

  /// Refuses a form that was begun from another state than the one it would replace: a colleague saved in between.
  /// - Throws: `Conflict`; what was typed is kept, and the form opens with it.
  package func refuseOvertaken(_ state: FormState) throws {
    let seen = exchange.form.fields[FormState.seen] ?? ""
    if !seen.isEmpty && seen != state.fingerprint { throw Conflict() }
  }
}
