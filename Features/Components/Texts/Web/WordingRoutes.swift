import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import Participation
import RichText
import TextAnalysis

/// Proposing another wording of an article, or an article of one's own.
package enum WordingRoutes {
  private static let component = "/processes/:slug/f/:component"

  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get(component + "/articles/new") { visit in
        let (context, sections) = try await newArticle(visit)
        return visit.page(visit.say("texts.propose-article"), robots: false) { $0.newArticle(context, sections, context.state(), visit) }
      },
      doors.post(component + "/articles/new") { visit in
        if let kept = try await visit.keepForLater() { return kept }
        let (context, sections) = try await newArticle(visit)
        let form = FormReader(visit.exchange.form)
        let title = form.text("title", longest: Resource.Kind.article.longestTitle)
        let section = sections.first { String($0.id.number) == form.typed("section") }
        if section == nil { form.fail("section", "form.fault.choose") }
        let body = form.markdown("body", longest: Resource.Kind.article.longestBody, limits: .body)
        let speaker = try await visit.speaker(form)
        guard form.isValid, let section else {
          return visit.page(visit.say("texts.propose-article"), status: 422, robots: false) {
            $0.newArticle(context, sections, FormState(form), visit)
          }
        }
        let writ = Writ(title: title, source: form.typed("body"), body: body, language: form.language(visit))
        let id = try await visit.publish { actor, db in
          try speaker.publish(saying: (writ.title, writ.source), as: actor, in: context.space.space.id, db) { author in
            try ArticleWriting.add(writ, section: section.id, author: author, component: context.component.id, by: actor, in: db)
          }
        }
        return visit.published(id, by: speaker, at: "\(context.space.path(context.component))/articles/\(id)", saying: "flash.published")
      },
      doors.get(component + "/articles/:id/wordings/new") { visit in
        let context = try await newWording(visit)
        let start =
          context.subject.map { ["body": $0.shown.passage.isForeign ? $0.shown.plain : $0.shown.source, "read": String($0.resource.revision)] } ?? [:]
        let state = context.state(start)
        return visit.page(visit.say("wordings.propose"), robots: false) {
          $0.newWording(context, state, nil, visit, hasChanged: state["read"] != start["read"])
        }
      },
      doors.post(component + "/articles/:id/wordings/new") { visit in try await post(visit) },
    ]
  }

  private static func newWording(_ visit: Visit) async throws -> ContributionContext {
    try await visit.read { db in
      let context = try ContributionContext.load(visit, subject: "id", in: db)
      if let subject = context.subject {
        try ProposeWording(subject.resource, context.admission).verdict(for: visit.actor, at: db.now).requireOffered()
      }
      return context
    }
  }

  private static func post(_ visit: Visit) async throws -> Answer {
    if let kept = try await visit.keepForLater() { return kept }
    let context = try await newWording(visit)
    let form = FormReader(visit.exchange.form)
    let title = form.text("title", longest: Resource.Kind.wording.longestTitle)
    let reason = form.text("reason", longest: 1_000, lines: true)
    let body = form.markdown("body", longest: Resource.Kind.wording.longestBody, limits: .body)
    let speaker = try await visit.speaker(form)
    guard let article = context.subject else { throw NotFound() }
    if !form.hasFault("body") && body.plain == article.shown.plain { form.fail("body", "form.fault.no-change") }
    if form.isChecked("_preview") {
      // What is missing elsewhere is said when it is published: the difference helps to write it.
      let state = FormState(values: FormState(form).values, faults: form.faults.filter { $0.field == "body" })
      let preview = form.hasFault("body") ? nil : WordDifference.between(article.shown.plain, body.plain)
      return visit.page(visit.say("wordings.propose"), status: preview == nil ? 422 : 200, robots: false) {
        $0.newWording(context, state, preview, visit)
      }
    }
    guard form.isValid else {
      return visit.page(visit.say("wordings.propose"), status: 422, robots: false) { $0.newWording(context, FormState(form), nil, visit) }
    }
    let writ = Writ(title: title, source: form.typed("body"), body: body, language: article.shown.language)
    let read = form.number("read", in: 1...1_000_000)
    let id: ResourceID
    do {
      id = try await visit.publish { actor, db in
        // Written from a text that changed since, it would seem to take the change back: its author looks first.
        if let read, try Resources.resource(article.resource.id, in: db).revision != read { throw Conflict() }
        return try speaker.publish(saying: (writ.title, writ.source), as: actor, in: context.space.space.id, db) { author in
          try Wordings.add(writ, reason: reason, to: article.resource.id, author: author, by: actor, in: db)
        }
      }
    } catch is Conflict {
      let today = try await visit.read { try ContributionContext.load(visit, subject: "id", in: $0) }
      return visit.page(visit.say("resources.changed"), status: 409, robots: false) {
        $0.newWording(today, FormState(form), nil, visit, hasChanged: true)
      }
    }
    let place = "\(context.space.path(context.component))/articles/\(article.resource.id)/wordings/\(id)"
    return visit.published(id, by: speaker, at: place, saying: "flash.published")
  }

  private static func newArticle(_ visit: Visit) async throws -> (ContributionContext, [Section]) {
    try await visit.read { db in
      let context = try ContributionContext.load(visit, subject: nil, in: db)
      guard context.component.kind == .texts else { throw NotFound() }
      try ProposeArticle(context.admission).verdict(for: visit.actor, at: db.now).requireOffered()
      return (context, try Texts.sections(of: context.component.id, in: db))
    }
  }
}

extension Page {
  func newArticle(_ context: ContributionContext, _ sections: [Section], _ state: FormState, _ visit: Visit) {
    contribution(
      context, title: say("texts.propose-article"), lead: say("texts.propose-article.lead"), state: state, action: visit.exchange.path, about: nil
    ) {
      area("title", say("texts.field.title"), hint: say("texts.field.title.hint"), state: state, rows: 2, said: true)
      select("section", say("texts.section"), options: sections.map { (String($0.id.number), plain($0.title)) }, state: state)
      area("body", say("texts.field.body"), hint: say("form.markdown.hint"), state: state, rows: 10)
      languageField(visit, state)
      speaker(state, canAssist: context.canAssist)
      publishButtons(say("form.publish"))
    }
  }

  func newWording(
    _ context: ContributionContext, _ state: FormState, _ preview: WordDifference?, _ visit: Visit, hasChanged: Bool = false
  ) {
    let title = context.subject?.shown.title ?? ""
    contribution(
      context, title: say("wordings.propose"), lead: say("wordings.propose.lead"), state: state, action: visit.exchange.path,
      about: (title, String(visit.exchange.path.dropLast("/wordings/new".count)))
    ) {
      if hasChanged, let subject = context.subject {
        let typed = try? RichText(markdown: state["body"], limits: .body)
        changedMeanwhile(
          subject.shown, title: nil, body: typed?.plain ?? state["body"], String(visit.exchange.path.dropLast("/wordings/new".count)))
        hidden("read", String(subject.resource.revision))
      } else {
        hidden("read", state["read"])
      }
      if let preview, let language = context.subject?.shown.language {
        section("preview", say("wordings.changes")) { difference(preview, language) }
      }
      field("title", say("wordings.field.title"), hint: say("wordings.field.title.hint"), state: state, longest: Resource.Kind.wording.longestTitle)
      area("body", say("wordings.field.body"), hint: say("wordings.field.body.hint"), state: state, rows: 14)
      area("reason", say("wordings.field.reason"), hint: say("wordings.field.reason.hint"), state: state, rows: 4)
      speaker(state, canAssist: context.canAssist)
      p(.class("mt5")) { button(say("wordings.preview"), .class("button second"), .type("submit"), .name("_preview"), .value("1")) }
      publishButtons(say("form.publish"))
    }
  }
}
