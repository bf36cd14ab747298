import CommonsDomain
import Database
import Localization

/// What a draft is of, as a list of drafts tells them apart: the form it was typed in, and the contribution that form is about.
struct DraftName: Sendable {
  private enum Form: String {
    case idea, assist, article, wording, argument, reply, source, correct, version
  }

  let draft: Draft
  private let form: Form?
  /// The title of the contribution that the form is about, as long as its author may still read it.
  private let subject: String?

  init(_ draft: Draft, for actor: Actor, in db: Reading) throws {
    self.draft = draft
    let parts = draft.path.split(separator: "/")
    form =
      switch (parts.dropLast().last, parts.last) {
      case (_, "correct"): .correct
      case (_, "version"): .version
      case ("proposals", "new"): .idea
      case ("proposals", "assist"): .assist
      case ("articles", "new"): .article
      case ("wordings", "new"): .wording
      case ("arguments", "new"): Self.isReply(draft) ? .reply : .argument
      case ("sources", "new"): .source
      default: nil
      }
    // An address of a form about something holds the number of the activity, and then that of the thing.
    let numbers = parts.compactMap { Int64($0) }
    subject = numbers.count > 1 ? try numbers.last.flatMap { try Self.title(ID($0), for: actor, in: db) } : nil
  }

  /// The beginning of what was typed, where the name does not say it.
  var typed: String? { subject == nil || draft.title.isEmpty || draft.title == subject ? nil : draft.title }

  func words(_ say: Localizer) -> String {
    let title = subject ?? (draft.title.isEmpty ? say("account.drafts.untitled") : draft.title)
    guard let form else { return title }
    return say(MessageKey(storedKey: "account.drafts.of." + form.rawValue), ["title": .text(title)])
  }

  private static func isReply(_ draft: Draft) -> Bool { !(DraftKeeping.values(of: draft)["reply"] ?? "").isEmpty }

  private static func title(_ id: ResourceID, for actor: Actor, in db: Reading) throws -> String? {
    do {
      let resource = try Resources.resource(id, in: db)
      try ResourceAccess.check(resource, for: actor, in: db)
      return resource.state == .published ? try Revisions.shown(resource, in: db).name : nil
    } catch is NotFound {
      return nil
    }
  }
}
