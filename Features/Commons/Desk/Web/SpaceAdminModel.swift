package import CommonsDomain
package import Database
import HTML
import Interface
import Localization

/// A process as its organiser edits it.
package struct SpaceAdminModel: Sendable {
  package let context: SpaceContext
  package let commitments: [Commitment]
  package let permissions: [(phase: ID<Phase>, component: ComponentID, act: PhaseAct)]
  /// How many articles each text holds.
  package let articles: [ComponentID: Int]
  package let partners: [Partner]
  package let documents: [Document]
  package let news: [NewsPost]

  var wordsState: FormState {
    let space = context.space
    var state = FormState(values: ["slug": space.slug])
    state.fill("title", space.title)
    state.fill("question", space.question)
    state.fill("summary", space.summary)
    state.fill("description", space.description)
    state.fill("scope", space.scope)
    return state
  }

  func componentState(_ component: Component?) -> FormState {
    var state = FormState(values: ["edit_minutes": "60", "articles": "1", "public": "1"])
    guard let component else { return state }
    state.fill("title", component.title)
    state.fill("introduction", component.introduction)
    state.values["kind"] = component.kind.rawValue
    state.values["limit"] = component.settings.supportLimit.map { String($0) } ?? ""
    state.values["threshold"] = component.settings.supportThreshold.map { String($0) } ?? ""
    state.values["edit_minutes"] = String(component.settings.editMinutes)
    state.values["articles"] = component.settings.articlesByParticipants ? "1" : ""
    state.values["public"] = component.isPublished ? "1" : ""
    return state
  }

  func commitmentState(_ visit: Visit) -> FormState {
    var state = FormState()
    guard let last = commitments.first else { return state }
    state.fill("decided", last.decided)
    state.fill("settled", last.settled)
    state.fill("decider", last.decider)
    state.fill("rule", last.rule)
    state.fill("answer", last.answer)
    state.fill("office", last.office)
    state.values["due"] = visit.say.zone.local(last.answerDue.milliseconds).isoDateTime
    state.values["signed_by"] = last.signedBy
    return state
  }
}

extension Page {
  func adminCrumbs(_ model: SpaceAdminModel, _ last: String?) {
    crumbs(
      [(say("admin.title"), "/admin"), (plain(model.context.space.title), last == nil ? nil : "/admin" + model.context.path)]
        + (last.map { [($0, nil)] } ?? []))
  }

  private func steps(_ model: SpaceAdminModel, _ base: String, _ now: Instant) {
    section("activities", say("spaces.activities"), more: (base + "/activities/new", say("admin.activity.new"))) {
      ol(.class("register")) {
        for component in model.context.components {
          li {
            p(.class("mark")) { text(say(MessageKey(storedKey: "admin.kind." + component.kind.rawValue))) }
            div {
              h3(.class("said")) { link("\(base)/activities/\(component.id)", component.title) }
              if component.kind == .texts { p { link("\(base)/activities/\(component.id)/articles", say("admin.articles")) } }
            }
          }
        }
      }
    }
    section("phases", say("spaces.phases"), more: (base + "/phases/new", say("admin.phase.new"))) {
      for (first, second) in model.checklist(now).overlaps {
        notice(say("admin.phase.overlap", ["first": .text(plain(first.name)), "second": .text(plain(second.name))]), .wait) {
          p(say("admin.phase.overlap.hint"))
        }
      }
      ol(.class("register")) {
        for phase in model.context.phases {
          li {
            p(.class("mark")) { day(phase.starts.milliseconds) }
            div {
              h3(.class("said")) { link("\(base)/phases/\(phase.id)", phase.name) }
              p(phase.ends.map { until($0) } ?? "", .class("small soft"))
            }
          }
        }
      }
    }
  }

  func overview(_ model: SpaceAdminModel, _ visit: Visit, refusal: Refusal? = nil) {
    let base = "/admin" + model.context.path
    div(.class("wrap")) {
      adminCrumbs(model, nil)
      if let refusal {
        div(.class("summary mt4"), .fixed("role", "alert"), .fixed("tabindex", "-1"), .flag("autofocus")) {
          p {
            icon("warn"); text(" " + say(refusal.key, refusal.arguments))
          }
        }
      }
      div(.class("head")) {
        words(model.context.space.title, in: "h1")
        p(.class("cluster")) {
          if model.context.space.isPublished { tag(say("admin.published"), .yes) } else { tag(say("admin.draft")) }
          link(model.context.path, say("admin.see"))
          link(base + "/words", say("admin.words"), .class("button second"))
        }
        if !model.context.space.isPublished {
          publishPanel(model, visit.now)
          p { link(base + "/remove", say("admin.remove")) }
        }
      }
      steps(model, base, visit.now)
      section(
        "commitment", say("commitment.title"),
        more: (base + "/commitment", say(model.commitments.isEmpty ? "admin.commitment.write" : "admin.commitment.change"))
      ) {
        if let commitment = model.commitments.first { words(commitment.decided, in: "p") } else { p(say("admin.commitment.none")) }
      }
      news(model, base)
      documents(model, base)
      section(
        "picture", say("admin.image"), more: (base + "/image", say(model.context.space.image == nil ? "admin.image.add" : "admin.image.change"))
      ) {}
      section("with", say("spaces.partners"), more: (base + "/partners", say("admin.partners.edit"))) {
        ul { for partner in model.partners { li(partner.name) } }
      }
    }
  }

  func removeSpace(_ model: SpaceAdminModel, _ visit: Visit) {
    div(.class("wrap narrow")) {
      adminCrumbs(model, say("admin.remove"))
      div(.class("head")) { h1(say("admin.remove.title", ["title": .text(plain(model.context.space.title))])) }
      p(say("admin.remove.lead"))
      danger(say("admin.remove"), action: visit.exchange.path, back: "/admin" + model.context.path, keep: say("form.cancel"))
    }
  }

  func editWords(_ model: SpaceAdminModel?, _ state: FormState, _ visit: Visit) {
    let languages = visit.settings.languages
    div(.class("wrap narrow")) {
      summary(state)
      if let model { adminCrumbs(model, say("admin.words")) } else { crumbs([(say("admin.title"), "/admin"), (say("admin.new"), nil)]) }
      div(.class("head")) { h1(say(model == nil ? "admin.new" : "admin.words")) }
      form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
        seen(state)
        localizedField("title", say("admin.field.title"), hint: say("admin.field.title.hint"), languages, state, longest: 150)
        localizedField("question", say("admin.field.question"), hint: say("admin.field.question.hint"), languages, state, longest: 200)
        localizedArea("summary", say("admin.field.summary"), hint: say("admin.field.summary.hint"), languages, state, rows: 3)
        localizedArea("description", say("admin.field.description"), hint: say("form.markdown.hint"), languages, state, rows: 8, required: false)
        localizedField("scope", say("admin.field.scope"), hint: say("admin.field.scope.hint"), languages, state, longest: 100, required: false)
        field(
          "slug", say("admin.field.slug"), hint: say(model == nil ? "admin.field.slug.new" : "admin.field.slug.hint"), state: state, longest: 60,
          required: false)
        voice(say("form.save"))
      }
    }
  }

  /// The first question about a new activity: the form that follows asks only what its kind needs.
  private func chooseKind(_ model: SpaceAdminModel, _ visit: Visit) {
    div(.class("wrap narrow")) {
      adminCrumbs(model, say("admin.activity"))
      div(.class("head")) {
        h1(say("admin.activity.new")); p(say("admin.activity.kind"), .class("lead"))
      }
      ul(.class("register flat")) {
        for kind in Component.Kind.allCases {
          li {
            div(.class("flow-s")) {
              h2(.class("said")) { link("\(visit.exchange.path)?kind=\(kind.rawValue)", say(MessageKey(storedKey: "admin.kind." + kind.rawValue))) }
              p(say(MessageKey(storedKey: "admin.kind.\(kind.rawValue).hint")), .class("small soft"))
            }
          }
        }
      }
    }
  }

  func editComponent(_ model: SpaceAdminModel, _ component: Component?, _ themes: ThemeFields, _ state: FormState, _ visit: Visit) {
    guard let kind = component?.kind ?? Component.Kind(rawValue: state["kind"]) else { return chooseKind(model, visit) }
    let languages = visit.settings.languages
    div(.class("wrap narrow")) {
      summary(state)
      adminCrumbs(model, say("admin.activity"))
      div(.class("head")) {
        h1(component.map { plain($0.title) } ?? say("admin.activity.new"))
        if component == nil { p(say(MessageKey(storedKey: "admin.kind.\(kind.rawValue).hint")), .class("lead")) }
      }
      form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
        seen(state)
        if component == nil { hidden("kind", kind.rawValue) }
        localizedField("title", say("admin.field.title"), languages, state, longest: 150)
        localizedArea("introduction", say("admin.activity.introduction"), languages, state, rows: 3, required: false)
        if kind == .proposals {
          field(
            "limit", say("admin.activity.limit"), hint: say("admin.activity.limit.hint"), state: state, longest: 6, required: false,
            more: .fixed("inputmode", "numeric"))
          field(
            "threshold", say("admin.activity.threshold"), hint: say("admin.activity.threshold.hint"), state: state, longest: 8, required: false,
            more: .fixed("inputmode", "numeric"))
          themeFields(themes, languages, state)
        }
        if kind == .texts { check("articles", say("admin.activity.articles"), isChecked: !state["articles"].isEmpty) }
        field("edit_minutes", say("admin.activity.edit-minutes"), state: state, longest: 6, required: false, more: .fixed("inputmode", "numeric"))
        if component != nil { check("public", say("admin.activity.public"), isChecked: !state["public"].isEmpty) }
        voice(say("form.save"))
      }
    }
  }

  func editCommitment(_ model: SpaceAdminModel, _ state: FormState, _ visit: Visit) {
    let languages = visit.settings.languages
    div(.class("wrap narrow")) {
      summary(state)
      if ManageSpace(model.context.space.id).verdict(for: visit.actor, at: visit.now).isYes {
        adminCrumbs(model, say("commitment.title"))
      } else {
        crumbs(model.context, (say("commitment.title"), nil))
      }
      div(.class("head")) {
        h1(say("commitment.title")); p(say("admin.commitment.lead"), .class("lead"))
      }
      form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
        seen(state)
        localizedArea("decided", say("commitment.decided"), languages, state, rows: 3)
        localizedArea("settled", say("commitment.settled"), languages, state, rows: 3, required: false)
        localizedArea("decider", say("commitment.decider"), languages, state, rows: 2)
        localizedArea("rule", say("commitment.rule"), languages, state, rows: 3)
        localizedArea("answer", say("commitment.answer"), languages, state, rows: 3)
        field(
          "due", say("admin.commitment.due"), hint: say("admin.zone", ["zone": .text(visit.settings.zone)]), state: state, type: "datetime-local",
          more: .fixed("step", "1"))
        field("signed_by", say("admin.commitment.signed-by"), state: state, longest: 100)
        localizedField("office", say("admin.commitment.office"), languages, state, longest: 150)
        if !model.commitments.isEmpty {
          localizedArea("reason", say("admin.commitment.reason"), hint: say("admin.commitment.reason.hint"), languages, state, rows: 3)
        }
        voice(say("admin.commitment.publish"))
      }
    }
  }
}
