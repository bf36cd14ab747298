import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import RichText

/// All sources of a resource, and bringing one.
package enum SourceRoutes {
  private static func newSource(_ visit: Visit) async throws -> ContributionContext {
    try await visit.read { db in
      let context = try ContributionContext.load(visit, subject: "id", in: db)
      if let subject = context.subject { try AddSource(subject.resource, context.admission).verdict(for: visit.actor, at: db.now).requireOffered() }
      return context
    }
  }

  package static func routes(_ doors: Doors) -> [Route] {
    ResourceAccess.bases.filter { !$0.hasSuffix(":wording") }.flatMap { base in
      [
        doors.get(base + "/sources", cached: true) { visit in
          let page = visit.exchange.query.page
          let (context, sources, total, own, canAdd) = try await visit.read { db in
            let context = try ContributionContext.load(visit, subject: "id", in: db)
            guard let subject = context.subject else { throw NotFound() }
            let id = subject.resource.id
            return (
              context, try Sources.list(about: id, limit: 20, offset: (page - 1) * 20, in: db), try Sources.count(about: id, in: db),
              try visit.signedIn.map { try Votes.votes(of: $0.person, around: id, in: db) } ?? [:],
              AddSource(subject.resource, context.admission).verdict(for: visit.actor, at: db.now).isOffered
            )
          }
          let back = String(visit.exchange.path.dropLast("/sources".count))
          return visit.page(visit.say("sources.title"), path: visit.exchange.path) { page in
            page.div(.class("wrap narrow")) {
              page.crumbs(context.space, (context.subject?.shown.title ?? "", back), (visit.say("sources.title"), nil))
              page.div(.class("head")) { page.h1(visit.say("sources.of", ["title": .text(context.subject?.shown.title ?? "")])) }
              page.sourceList(sources, total: total, base: back, own: own, canAdd: canAdd, all: true)
              page.pages(current: visit.exchange.query.page, count: (total + 19) / 20) { page.path("\(back)/sources?page=\($0)") }
            }
          }
        },
        doors.get(base + "/sources/new") { visit in
          let context = try await newSource(visit)
          return visit.page(visit.say("sources.add"), robots: false) { $0.newSource(context, context.state(), visit) }
        },
        doors.post(base + "/sources/new") { visit in
          if let kept = try await visit.keepForLater() { return kept }
          let context = try await newSource(visit)
          let form = FormReader(visit.exchange.form)
          let title = form.text("title", longest: Resource.Kind.source.longestTitle)
          let address = form.text("address", longest: 2_000)
          if !address.isEmpty && !WebAddress.isWeb(address) { form.fail("address", "form.fault.address") }
          let kind = form.choice("kind", Source.Kind.self)
          let body = form.markdown("body", longest: Resource.Kind.source.longestBody, limits: Resource.Kind.source.limits, required: false)
          let speaker = try await visit.speaker(form)
          guard form.isValid, let kind, let subject = context.subject else {
            return visit.page(visit.say("sources.add"), status: 422, robots: false) { $0.newSource(context, FormState(form), visit) }
          }
          let writ = Writ(title: title, source: form.typed("body"), body: body, language: form.language(visit))
          let id = try await visit.publish { actor, db in
            try speaker.publish(saying: (writ.title, writ.source), as: actor, in: context.space.space.id, db) { author in
              try Sources.add(address, kind: kind, about: subject.resource.id, writ, author: author, by: actor, in: db)
            }
          }
          let place = String(visit.exchange.path.dropLast("/sources/new".count)) + "#sources"
          return visit.published(id, by: speaker, at: place, saying: "flash.source-added")
        },
      ]
    }
  }
}

extension Page {
  func newSource(_ context: ContributionContext, _ state: FormState, _ visit: Visit) {
    let title = context.subject?.shown.title ?? ""
    contribution(
      context, title: say("sources.add"), lead: say("sources.add.lead", ["title": .text(title)]), state: state, action: visit.exchange.path,
      about: (title, String(visit.exchange.path.dropLast("/sources/new".count)))
    ) {
      field("title", say("sources.field.title"), state: state, longest: Resource.Kind.source.longestTitle)
      field("address", say("sources.field.address"), hint: say("sources.field.address.hint"), state: state, type: "url", longest: 2_000)
      select(
        "kind", say("sources.field.kind"),
        options: Source.Kind.allCases.map { ($0.rawValue, say(MessageKey(storedKey: "sources.kind." + $0.rawValue))) }, state: state)
      area("body", say("sources.field.body"), hint: say("sources.field.body.hint"), state: state, rows: 3, required: false)
      languageField(visit, state)
      speaker(state, canAssist: context.canAssist)
      publishButtons(say("form.publish"))
    }
  }
}
