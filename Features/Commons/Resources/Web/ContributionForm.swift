package import CommonsDomain
package import Database
import HTML
package import Interface
package import Localization
package import RichText

/// What a form for a contribution stands on: the space, the component, the subject, the person's own draft of it.
package struct ContributionContext: Sendable {
  package let space: SpaceContext
  package let component: Component
  package let admission: Admission
  package let subject: (resource: Resource, shown: Revision)?
  package let draft: Draft?
  /// Whether one may write for someone without account here.
  package let canAssist: Bool

  /// Loads what the address names; what may not be read is not there.
  package static func load(_ visit: Visit, subject parameter: String?, in db: Reading) throws -> ContributionContext {
    let actor = visit.actor
    let space = try SpaceContext.load(visit.exchange.parameters["slug"] ?? "", for: actor, in: db)
    let component = try space.component(visit.exchange.number("component"), for: actor, at: db.now)
    var subject: (Resource, Revision)?
    if let parameter {
      guard let id = visit.exchange.number(parameter) else { throw NotFound() }
      let resource = try Resources.resource(ID(id), in: db)
      guard try ResourceAccess.isAddressed(resource, by: visit.exchange, in: component.id, db) else { throw NotFound() }
      try ResourceAccess.check(resource, for: actor, under: visit.exchange.parameters["slug"], in: db)
      guard resource.state == .published else { throw NotFound() }
      subject = (resource, try Revisions.shown(resource, in: db))
    }
    // A form that was sent shows what was sent, not what was kept before.
    let reader = visit.exchange.method == .post ? nil : visit.signedIn
    let draft = try reader.flatMap { try Drafts.find(path: visit.exchange.path, of: $0.person, in: db) }
    return ContributionContext(
      space: space, component: component, admission: try Admission.load(component.id, in: db), subject: subject, draft: draft,
      canAssist: Assist(space.space.id).verdict(for: actor, at: db.now).isYes)
  }

  /// The page of a form with several that the draft was left on.
  package var leftStep: String? { DraftKeeping.values(of: draft)["_step"] }

  /// What the form begins with: the draft, or the values given.
  package func state(_ values: [String: String] = [:]) -> FormState {
    let kept = DraftKeeping.values(of: draft)
    var state = FormState(values: values.merging(kept) { $1 })
    state.draft = draft.map { .init(number: $0.id, saved: $0.saved.milliseconds) }
    return state
  }
}

extension Visit {
  /// After publishing: to what was published, or where an agent wrote for someone to the slip that they take home.
  package func published(_ id: ResourceID, by speaker: Speaker, at path: String, saying key: StaticString) -> Answer {
    speaker.isAssisted ? redirect("/slips/\(id)", saying: "flash.assisted") : redirect(path, saying: key)
  }
}

extension Visit {
  /// Who speaks, as a form says it; a name that is not theirs to take is a fault of its field.
  package func speaker(_ form: FormReader) async throws -> Speaker {
    let speaker = Speaker(form, at: now)
    try await checkName(of: speaker, form)
    return speaker
  }

  /// Someone for whom an agent writes, as a form says it; nil where a field has a fault.
  package func assistance(_ form: FormReader) async throws -> Assistance? {
    guard let assistance = Assistance(form, at: now) else { return nil }
    try await checkName(of: .someone(assistance), form)
    return assistance
  }

  private func checkName(of speaker: Speaker, _ form: FormReader) async throws {
    // Whoever has no account is asked to sign in first: nobody finds out without one who holds a role.
    if case .person = speaker { return }
    guard signedIn != nil else { return }
    let person = actor.person
    if let field = try await read({ try speaker.takenName(besides: person, in: $0) }), !form.hasFault(field) {
      form.fail(field, "refusal.official-name")
    }
  }
}

extension FormReader {
  /// The language that a contribution is written in: one of the site's.
  package func language(_ visit: Visit) -> Language { visit.settings.languages.first { $0.tag == typed("language") } ?? visit.language }

  /// Markdown that someone typed, rendered and sanitized once; faults stand beside the field.
  package func markdown(_ field: String, longest: Int, limits: Limits, required: Bool = true) -> RichText {
    let source = text(field, longest: longest, required: required, lines: true)
    do {
      let body = try RichText(markdown: source, limits: limits)
      // Markup alone says nothing.
      if required && !body.plain.hasSigns && source.hasSigns { fail(field, "form.fault.missing") }
      return body
    } catch {
      if !hasFault(field) { fail(field, "form.fault.markup") }
      return .empty
    }
  }
}

extension Page {
  /// The frame of a form for a contribution: where one is, the title, faults on top, one form, a draft kept.
  package func contribution(
    _ context: ContributionContext, title: String, lead: String?, state: FormState, action: String, about: (words: String, path: String)?,
    isRemembered: Bool = true, content: () -> Void
  ) {
    div(.class("wrap narrow")) {
      summary(state)
      var way: [(words: String, path: String?)] = [
        (say("frame.take-part"), "/processes"), (plain(context.space.space.title), context.space.path),
        (plain(context.component.title), context.space.path(context.component)),
      ]
      if let about { way.append((about.words, about.path)) }
      crumbs(way + [(title, nil)])
      draftNotice(context.space.space)
      div(.class("head")) {
        h1(title)
        if let lead { p(lead, .class("lead")) }
      }
      // What an agent typed for one person is not there for the next.
      form(.fixed("method", "post"), .action(path(action)), .named("autocomplete", ifPresent: isRemembered ? nil : "off")) { content() }
    }
  }

  /// Publish, or keep for later.
  package func publishButtons(_ words: String) {
    div(.class("cluster mt6")) {
      button(.class("button voice"), .type("submit")) {
        text(words + " "); icon("next")
      }
      button(say("form.later"), .class("button quiet"), .type("submit"), .name("_later"), .value("1"))
    }
  }

  package func languageField(_ visit: Visit, _ state: FormState) {
    guard visit.settings.languages.count > 1 else { return }
    let chosen = state["language"].isEmpty ? visit.language.tag : state["language"]
    select(
      "language", say("form.language"), options: visit.settings.languages.map { ($0.tag, LanguageName.own($0)) },
      state: FormState(values: ["language": chosen], faults: state.faults))
  }
}

extension Visit {
  /// "Finish later": keeps what was typed and says where it is.
  package func keepForLater() async throws -> Answer? {
    guard exchange.form.fields["_later"] != nil else { return nil }
    let kept = try await DraftKeeping.keep(self)
    guard signedIn == nil else { return redirect("/account/drafts", saying: "flash.draft-kept") }
    return DraftKeeping.toSignIn(self, kept)
  }

  /// Acts by a form that may have been kept as a draft. What is published and the draft that has served go in one transaction:
  /// a failure in between would invite to publish the same a second time.
  ///
  /// A form that is sent twice publishes once, and leads both times to what it published.
  package func publish<T: Sendable>(_ body: @escaping @Sendable (Actor, Writing) throws -> T) async throws -> T {
    let path = exchange.path
    do {
      return try await act { actor, db in
        let published = try body(actor, db)
        if let person = actor.person { try Drafts.remove(path: path, of: person, in: db) }
        return published
      }
    } catch let twin as AlreadyPublished {
      guard let same = twin.id as? T else { throw Conflict() }
      return same
    }
  }
}
