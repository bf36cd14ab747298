package import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import RichText
import TextAnalysis

/// Correcting a text, publishing a new version of it.
package enum RevisionRoutes {
  fileprivate enum Kind: String {
    case correct, version
    var title: MessageKey { self == .correct ? "resources.correct" : "resources.new-version" }
    var lead: MessageKey { self == .correct ? "resources.correct.lead" : "resources.new-version.lead" }
  }

  /// - Parameter passages: what the resources of a component have beside title and body.
  package static func routes(_ doors: Doors, passages: RevisedPassages) -> [Route] {
    ResourceAccess.revised.flatMap { base in
      let parameter = ResourceAccess.parameter(of: base)
      return (ResourceAccess.bases.contains(base) ? [Kind.correct, .version] : [.correct]).flatMap { kind in
        [
          doors.get("\(base)/\(kind.rawValue)") { visit in
            let revised = try await load(visit, parameter, passages)
            let state = revised.context.state(revised.start)
            // A draft begun on an older revision is shown beside today's text, and goes out from that one.
            let isOld = state["read"] != revised.start["read"]
            return visit.page(visit.say(isOld ? "resources.changed" : kind.title), robots: false) {
              $0.revise(revised, state, visit, kind, hasChanged: isOld)
            }
          },
          doors.post("\(base)/\(kind.rawValue)") { visit in try await post(visit, kind, parameter, passages) },
        ]
      }
    }
  }

  fileprivate struct Revised: Sendable {
    let context: ContributionContext
    let subject: (resource: Resource, shown: Revision)
    let fields: [RevisedPassages.Field]
    let label: @Sendable (String, Localizer) -> String
    /// Where it is read.
    let place: String
    /// How many voted on what stands.
    let votes: Int

    /// What came back, with today's words in passages that did not come.
    func returned(_ form: FormReader) -> FormState {
      var state = FormState(form)
      for field in fields where !form.came(field.name) { state.values[field.name] = field.today.source }
      return state
    }

    /// What the form begins with.
    var start: [String: String] {
      let values = ["title": subject.shown.title, "body": subject.shown.source, "read": String(subject.resource.revision)]
      return values.merging(fields.map { ($0.name, $0.today.source) }) { first, _ in first }
    }
  }

  private static func load(_ visit: Visit, _ parameter: String, _ passages: RevisedPassages) async throws -> Revised {
    try await visit.read { db in
      let context = try ContributionContext.load(visit, subject: parameter, in: db)
      guard let subject = context.subject else { throw NotFound() }
      return Revised(
        context: context, subject: subject, fields: try passages.fields(subject.resource, db), label: passages.label,
        place: try ResourcePath.path(of: subject.resource, in: db), votes: try Standings.votes(on: subject.resource.id, in: db))
    }
  }

  /// Whether other words would replace more than a quarter of those that stood, ten at least.
  private static func isMuchElse(_ words: String, than stood: String) -> Bool {
    let change = WordDifference.between(stood, words)
    return change.addedWords + change.removedWords > max(10, stood.split(whereSeparator: \.isWhitespace).count / 4)
  }

  /// The same of a passage; one that comes or goes is much else too.
  private static func isMuchElse(_ typed: Passage?, than today: Passage) -> Bool {
    let words = typed?.words ?? ""
    return words.isEmpty != today.words.isEmpty || isMuchElse(words, than: today.words)
  }

  private static func post(_ visit: Visit, _ step: Kind, _ parameter: String, _ passages: RevisedPassages) async throws -> Answer {
    if let kept = try await visit.keepForLater() { return kept }
    let revised = try await load(visit, parameter, passages)
    let (subject, form) = (revised.subject, FormReader(visit.exchange.form))
    let kind = subject.resource.kind
    let title = kind.hasTitle ? form.text("title", longest: kind.longestTitle) : ""
    let body = form.passage("body", longest: kind.longestBody, like: subject.shown.passage, limits: kind.limits)
    let typed = form.passages(revised.fields)
    let reason = form.text("reason", longest: 500)
    let read = form.number("read", in: 1...1_000_000, required: true)
    // Votes stay with a correction: one that says much else is a new version, unless its writer says that it means the same.
    if step == .correct, kind.hasVersions, revised.votes > 0, !form.isChecked("same_meaning"),
      isMuchElse(body.body.plain, than: subject.shown.plain)
        || revised.fields.contains(where: { $0.isVotedOn && isMuchElse(typed[$0.name], than: $0.today) })
    {
      form.fail("same_meaning", "form.fault.much-else", ["count": .count(revised.votes)])
    }
    guard form.isValid, let read else {
      return visit.page(visit.say(step.title), status: 422, robots: false) {
        $0.revise(revised, revised.returned(form), visit, step, hasChanged: false)
      }
    }
    let writ = Writ(title: title, source: body.source, body: body.body, language: subject.shown.language)
    do {
      try await visit.publish { actor, db in
        let resource = try Resources.resource(subject.resource.id, in: db)
        let admission = try Admission.load(resource.component, in: db)
        let today = try passages.fields(resource, db)
        switch step {
        case .correct:
          try Resources.correct(writ, reason: reason, read: read, permit: Permit(Correct(resource, admission), for: actor, in: db), in: db)
        case .version:
          try Resources.reword(writ, reason: reason, read: read, permit: Permit(Reword(resource, admission), for: actor, in: db), in: db)
        }
        if !typed.isEmpty { try passages.revise(today, typed, writ, actor, Correct(resource, admission), in: db) }
      }
    } catch is Conflict {
      // The same form, what was typed in it, beside today's text: the next press publishes.
      let today = try await load(visit, parameter, passages)
      // A passage that its writer left as they read it is not theirs to undo: it says what it says today.
      let asRead = try await visit.read { db in try Revisions.passages(asOf: read, of: subject.resource.id, in: db) }
      var state = today.returned(form)
      for field in today.fields where asRead[field.name] != nil && typed[field.name]?.words == asRead[field.name] {
        state.values[field.name] = field.today.source
      }
      let shown = state
      return visit.page(visit.say("resources.changed"), status: 409, robots: false) {
        $0.revise(today, shown, visit, step, hasChanged: true)
      }
    }
    return visit.redirect(revised.place, saying: step == .correct ? "flash.corrected" : "flash.new-version")
  }
}

extension Page {
  fileprivate func revise(
    _ revised: RevisionRoutes.Revised, _ state: FormState, _ visit: Visit, _ kind: RevisionRoutes.Kind, hasChanged: Bool
  ) {
    let base = String(visit.exchange.path.dropLast(kind.rawValue.count + 1))
    let shown = revised.subject.shown
    contribution(
      revised.context, title: say(kind.title), lead: say(kind.lead), state: state, action: visit.exchange.path,
      about: (shown.name, revised.place)
    ) {
      if hasChanged {
        changedMeanwhile(shown, title: revised.subject.resource.kind.hasTitle ? state["title"] : nil, body: shown.passage.plain(state["body"]), base)
        {
          for field in revised.fields {
            let typed = field.isLine ? state[field.name] : field.today.plain(state[field.name])
            if typed != field.today.body.plain {
              h3(revised.label(field.name, say))
              difference(WordDifference.between(field.today.body.plain, typed), field.language ?? shown.language)
            }
          }
        }
      }
      hidden("read", hasChanged ? String(revised.subject.resource.revision) : state["read"])
      if revised.subject.resource.kind.hasTitle { area("title", say("texts.field.title"), state: state, rows: 2, said: true) }
      area("body", say("texts.field.body"), hint: say("form.markdown.hint"), state: state, rows: 14)
      passages(revised.fields, label: { revised.label($0, say) }, state)
      if !revised.fields.isEmpty { p(say("resources.passages"), .class("small soft")) }
      if state.fault("same_meaning") != nil {
        h2(say("resources.changed.difference"), .class("mt5"))
        difference(WordDifference.between(shown.plain, shown.passage.plain(state["body"])), shown.language)
        check("same_meaning", say("resources.same-meaning"), isChecked: false)
        p { link(base + "/version", say("resources.new-version")) }
      }
      field("reason", say("resources.field.reason"), hint: say("resources.field.reason.hint"), state: state, longest: 500)
      publishButtons(say("form.publish"))
    }
  }

  /// Someone changed the text while this was written: what publishing would change in the text of today.
  package func changedMeanwhile(_ today: Revision, title: String?, body: String, _ base: String, more: () -> Void = {}) {
    section(.class("mt5 flow-s"), .labelledBy("meanwhile")) {
      h2(say("resources.changed"), .id("meanwhile"), .fixed("tabindex", "-1"), .flag("autofocus"))
      p(say("resources.changed.body"))
      p { link(base + "/history", say("resources.changed.history")) }
      h3(say("resources.changed.difference"))
      if let title, title.trimmed != today.title { difference(WordDifference.between(today.title, title.trimmed), today.language) }
      difference(WordDifference.between(today.plain, body), today.language)
      more()
      details(.class("mt4")) {
        summary(say("resources.changed.today")); div(.class("law"), inLanguage(today.language)) { rich(today.body) }
      }
    }
  }
}
