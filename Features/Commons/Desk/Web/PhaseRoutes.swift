import CommonsDomain
import Database
import HTML
package import Interface
import Localization

/// The phases of a process: when they run, what they allow, and how one is taken away.
package enum PhaseRoutes {
  private static let phase = "/admin/processes/:slug/phases/:phase"

  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get(phase) { visit in
        let model = try await SpaceAdminRoutes.model(visit)
        let phase = model.context.phases.first { String($0.id.number) == visit.exchange.parameters["phase"] }
        let state = try await visit.begun(model.phaseState(phase, visit))
        return visit.page(visit.say("admin.phase"), robots: false) { $0.editPhase(model, phase, state, visit) }
      },
      doors.post(phase) { try await setPhase($0) },
      doors.get(phase + "/remove") { visit in
        let model = try await SpaceAdminRoutes.model(visit)
        let phase = try known(model, visit)
        return visit.page(visit.say("admin.phase.remove"), robots: false) { $0.removePhase(model, phase, visit.now) }
      },
      doors.post(phase + "/remove") { visit in
        let model = try await SpaceAdminRoutes.model(visit)
        let phase = try known(model, visit)
        try await visit.act { actor, db in
          try Spaces.removePhase(phase.id, permit: Permit(ManageSpace(model.context.space.id), for: actor, in: db), in: db)
        }
        return visit.redirect("/admin" + model.context.path, saying: "flash.removed")
      },
    ]
  }

  private static func known(_ model: SpaceAdminModel, _ visit: Visit) throws -> Phase {
    guard let phase = model.context.phases.first(where: { String($0.id.number) == visit.exchange.parameters["phase"] }) else { throw NotFound() }
    return phase
  }

  private static func setPhase(_ visit: Visit) async throws -> Answer {
    let model = try await SpaceAdminRoutes.model(visit)
    let form = FormReader(visit.exchange.form)
    let id = visit.exchange.parameters["phase"].flatMap { Int64($0) }.map { ID<Phase>($0) }
    let known = model.context.phases.first { $0.id == id }
    if let known { try visit.refuseOvertaken(model.phaseState(known, visit)) }
    let languages = visit.settings.languages
    let name = form.localized("name", languages, longest: 80)
    let description = form.localized("description", languages, longest: 300, required: false)
    let starts = SpaceAdminRoutes.time("starts", form, visit, required: true)
    let ends = SpaceAdminRoutes.time("ends", form, visit, required: false)
    if let starts, let ends, ends <= starts { form.fail("ends", "refusal.phase-order") }
    let allows = visit.exchange.form.fields.all("allow").compactMap { text -> (component: ComponentID, act: PhaseAct)? in
      let parts = text.split(separator: ":")
      guard parts.count == 2, let number = Int64(parts[0]), let act = PhaseAct(rawValue: String(parts[1])) else { return nil }
      return (ID(number), act)
    }
    guard form.isValid, let starts else {
      var state = FormState(form)
      state.values["allow"] = visit.exchange.form.fields.all("allow").joined(separator: " ")
      let shown = state
      return visit.page(visit.say("admin.phase"), status: 422, robots: false) { $0.editPhase(model, known, shown, visit) }
    }
    try await visit.publish { actor, db in
      try Spaces.setPhase(
        known?.id, name: name, description: description, starts: starts, ends: ends, allows: allows,
        permit: Permit(ManageSpace(model.context.space.id), for: actor, in: db), in: db)
      try Votes.takeBackReopened(in: model.context.space.id, in: db)
    }
    return visit.redirect("/admin" + model.context.path, saying: "flash.saved")
  }
}

extension SpaceAdminModel {
  func phaseState(_ phase: Phase?, _ visit: Visit) -> FormState {
    var state = FormState()
    guard let phase else {
      state.values["allow"] = context.components.flatMap { component in component.kind.usualActs.map { "\(component.id):\($0.rawValue)" } }
        .joined(separator: " ")
      return state
    }
    state.fill("name", phase.name)
    state.fill("description", phase.description)
    state.values["starts"] = visit.say.zone.local(phase.starts.milliseconds).isoDateTime
    state.values["ends"] = phase.ends.map { visit.say.zone.local($0.milliseconds).isoDateTime } ?? ""
    state.values["allow"] = permissions.filter { $0.phase == phase.id }.map { "\($0.component):\($0.act.rawValue)" }.joined(separator: " ")
    return state
  }
}

extension Page {
  func editPhase(_ model: SpaceAdminModel, _ phase: Phase?, _ state: FormState, _ visit: Visit) {
    let languages = visit.settings.languages
    let allowed = Set(state["allow"].split(separator: " ").map(String.init))
    div(.class("wrap narrow")) {
      summary(state)
      adminCrumbs(model, say("admin.phase"))
      div(.class("head")) { h1(phase.map { plain($0.name) } ?? say("admin.phase.new")) }
      if model.context.components.isEmpty {
        notice(say("admin.phase.no-activity.title"), .wait) {
          p(say("admin.phase.no-activity"))
          p { link("/admin\(model.context.path)/activities/new", say("admin.activity.new")) }
        }
      }
      form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
        seen(state)
        localizedField("name", say("admin.phase.name"), languages, state, longest: 80)
        localizedField("description", say("admin.phase.description"), languages, state, longest: 300, required: false)
        field(
          "starts", say("admin.phase.starts"), hint: say("admin.zone", ["zone": .text(visit.settings.zone)]), state: state, type: "datetime-local",
          more: .fixed("step", "1"))
        field(
          "ends", say("admin.phase.ends"), hint: say("admin.phase.ends.hint"), state: state, type: "datetime-local", required: false,
          more: .fixed("step", "1"))
        for component in model.context.components {
          fieldset(.class("field")) {
            legend(say("admin.phase.allows", ["name": .text(plain(component.title))]))
            for act in component.kind.phaseActs {
              check(
                "allow", say(MessageKey(storedKey: "phase-acts." + act.rawValue)), value: "\(component.id):\(act.rawValue)",
                isChecked: allowed.contains("\(component.id):\(act.rawValue)"), id: "allow-\(component.id)-\(act.rawValue)")
            }
          }
        }
        voice(say("form.save"))
      }
      if let phase { p(.class("mt5")) { link("/admin\(model.context.path)/phases/\(phase.id)/remove", say("admin.phase.remove")) } }
    }
  }

  /// Says what closes before anything does.
  func removePhase(_ model: SpaceAdminModel, _ phase: Phase, _ now: Instant) {
    let back = "/admin\(model.context.path)/phases/\(phase.id)"
    let closing = model.permissions.filter { $0.phase == phase.id }
    div(.class("wrap narrow")) {
      adminCrumbs(model, say("admin.phase.remove"))
      div(.class("head")) { h1(say("admin.phase.remove.title", ["name": .text(plain(phase.name))])) }
      if closing.isEmpty {
        p(say("admin.phase.remove.nothing"))
      } else {
        p(say(model.context.space.isPublished && phase.runs(at: now) ? "admin.phase.remove.at-once" : "admin.phase.remove.planned"))
        for component in model.context.components {
          let acts = component.kind.phaseActs.filter { act in closing.contains { $0.component == component.id && $0.act == act } }
          if !acts.isEmpty {
            words(component.title, in: "h2", .class("mt4"))
            ul { for act in acts { li(say(MessageKey(storedKey: "phase-acts." + act.rawValue))) } }
          }
        }
      }
      p(say("admin.phase.remove.kept"), .class("mt4"))
      danger(say("admin.phase.remove"), action: back + "/remove", back: back, keep: say("admin.phase.keep"))
    }
  }
}
