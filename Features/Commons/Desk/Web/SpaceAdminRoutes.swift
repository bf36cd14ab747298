import CommonsDomain
import Database
package import Interface
import Localization
import RichText

/// Setting a process up, from nothing to open: words, phases, activities, commitment, news, documents, partners.
package enum SpaceAdminRoutes {
  private static let space = "/admin/processes/:slug"

  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get("/admin") { visit in
        let actor = visit.actor
        guard [.administrator, .organiser, .authority, .guarantor].contains(where: actor.isGrantedAnywhere) else { throw NotFound() }
        if let obstacle = actor.obstacle { throw obstacle }
        let model = try await visit.read { db in
          let spaces = try Spaces.all(withDrafts: true, in: db).filter { ReadSpace($0).verdict(for: actor, at: db.now).isYes }
          let ids = spaces.map(\.id)
          let (phases, due, weeks) = (
            try Spaces.phases(of: ids, in: db), try Commitments.answersDue(in: ids, db), try ProcessWeek.load(ids, in: db)
          )
          // A guarantor reads the queue and decides nothing.
          let decides = actor.isGrantedAnywhere(.moderator)
          return DeskModel(
            items: spaces.map {
              DeskModel.Item(space: $0, phases: phases[$0.id] ?? [], due: due[$0.id], week: weeks[$0.id] ?? ProcessWeek())
            }, reports: decides ? try Moderation.queue(.open, for: actor, in: db).count : 0)
        }
        return visit.page(visit.say("admin.title"), robots: false) { $0.desk(model, visit) }
      },
      doors.get("/admin/processes/new") { visit in
        try CreateSpace().check(for: visit.actor, at: visit.now)
        let state = try await visit.begun(FormState())
        return visit.page(visit.say("admin.new"), robots: false) { $0.editWords(nil, state, visit) }
      },
      doors.post("/admin/processes/new") { visit in
        try CreateSpace().check(for: visit.actor, at: visit.now)
        let form = FormReader(visit.exchange.form)
        let words = words(form, visit)
        guard form.isValid else {
          return visit.page(visit.say("admin.new"), status: 422, robots: false) { $0.editWords(nil, FormState(form), visit) }
        }
        let slug: String
        do {
          slug = try await visit.publish { actor, db in
            var words = words
            if words.slug.isEmpty { words.slug = try Spaces.freeSlug(like: words.title.text(in: visit.language).text, in: db) }
            _ = try Spaces.create(words, permit: Permit(CreateSpace(), for: actor, in: db), in: db)
            return words.slug
          }
        } catch let refusal as Refusal where refusal.key == "refusal.slug" || refusal.key == "refusal.slug-taken" {
          form.fail("slug", refusal.key)
          return visit.page(visit.say("admin.new"), status: 422, robots: false) { $0.editWords(nil, FormState(form), visit) }
        }
        return visit.redirect("/admin/processes/" + slug, saying: "flash.created")
      },
      doors.get(space) { visit in
        let model = try await model(visit)
        return visit.page(visit.say("admin.edit"), robots: false) { $0.overview(model, visit) }
      },
      doors.get(space + "/words") { visit in
        let model = try await model(visit)
        let state = try await visit.begun(model.wordsState)
        return visit.page(visit.say("admin.words"), robots: false) { $0.editWords(model, state, visit) }
      },
      doors.post(space + "/words") { visit in
        let model = try await model(visit)
        let form = FormReader(visit.exchange.form)
        var words = words(form, visit)
        if words.slug.isEmpty { words.slug = model.context.space.slug }
        let kept = words
        try visit.refuseOvertaken(model.wordsState)
        guard form.isValid else {
          return visit.page(visit.say("admin.words"), status: 422, robots: false) { $0.editWords(model, FormState(form), visit) }
        }
        do {
          try await visit.publish { actor, db in
            try Spaces.edit(kept, permit: Permit(ManageSpace(model.context.space.id), for: actor, in: db), in: db)
          }
        } catch let refusal as Refusal where refusal.key == "refusal.slug" || refusal.key == "refusal.slug-taken" {
          form.fail("slug", refusal.key)
          return visit.page(visit.say("admin.words"), status: 422, robots: false) { $0.editWords(model, FormState(form), visit) }
        }
        return visit.redirect("/admin/processes/" + words.slug, saying: "flash.saved")
      },
      doors.get(space + "/activities/:activity") { visit in
        let model = try await model(visit)
        let component = model.context.components.first { String($0.id.number) == visit.exchange.parameters["activity"] }
        let fields = try await themeFields(component, visit)
        var state = model.componentState(component)
        if component == nil { state.values["kind"] = visit.exchange.query["kind"] ?? "" }
        fields.fill(&state)
        var shown = try await visit.begun(state)
        if component == nil, let kind = visit.exchange.query["kind"] { shown.values["kind"] = kind }
        let asked = shown
        return visit.page(visit.say("admin.activity"), robots: false) { $0.editComponent(model, component, fields, asked, visit) }
      },
      doors.post(space + "/activities/:activity") { try await setComponent($0) },
      doors.get(space + "/commitment") { visit in
        let model = try await model(visit) { SignCommitment($0) }
        let state = try await visit.begun(model.commitmentState(visit))
        return visit.page(visit.say("commitment.title"), robots: false) { $0.editCommitment(model, state, visit) }
      },
      doors.post(space + "/commitment") { try await setCommitment($0) },
      doors.get(space + "/remove") { visit in
        let model = try await model(visit)
        guard !model.context.space.isPublished else { throw NotFound() }
        return visit.page(visit.say("admin.remove"), robots: false) { $0.removeSpace(model, visit) }
      },
      doors.post(space + "/remove") { visit in
        let model = try await model(visit)
        try await visit.act { actor, db in try Spaces.remove(permit: Permit(ManageSpace(model.context.space.id), for: actor, in: db), in: db) }
        return visit.redirect("/admin", saying: "flash.removed")
      },
      doors.post(space + "/publish") { visit in
        let model = try await model(visit)
        do {
          try await visit.act { actor, db in try Spaces.publish(permit: Permit(ManageSpace(model.context.space.id), for: actor, in: db), in: db) }
        } catch let refusal as Refusal where PublishingChecklist.Item.allCases.contains(where: { $0.refusal.key == refusal.key }) {
          return visit.page(visit.say("admin.edit"), status: 422, robots: false) { $0.overview(model, visit, refusal: refusal) }
        }
        return visit.redirect(model.context.path, saying: "flash.opened")
      },
    ]
  }

  /// The space as its organiser sees it; nobody else is told that it is there.
  static func model(_ visit: Visit) async throws -> SpaceAdminModel { try await model(visit) { ManageSpace($0) } }

  /// The space for whoever may do one act in it.
  static func model<A: Act>(_ visit: Visit, for act: @escaping @Sendable (SpaceID) -> A) async throws -> SpaceAdminModel {
    let actor = visit.actor
    return try await visit.read { db in
      let context = try SpaceContext.load(visit.exchange.parameters["slug"] ?? "", for: actor, in: db)
      try act(context.space.id).check(for: actor, at: db.now)
      return SpaceAdminModel(
        context: context, commitments: try Commitments.versions(of: context.space.id, in: db),
        permissions: try Spaces.permissions(of: context.space.id, in: db),
        articles: try PublishingChecklist.articles(in: context.space.id, db),
        partners: try Spaces.partners(of: context.space.id, in: db), documents: try Spaces.documents(of: context.space.id, in: db),
        news: try Spaces.news(of: context.space.id, limit: 500, in: db))
    }
  }

  private static func words(_ form: FormReader, _ visit: Visit) -> SpaceWords {
    let languages = visit.settings.languages
    let description = form.localized("description", languages, longest: 10_000, required: false, lines: true)
    for (tag, words) in description.texts where (try? RichText(markdown: words)) == nil { form.fail("description_" + tag, "form.fault.markup") }
    return SpaceWords(
      slug: form.text("slug", longest: 60, required: false), title: form.localized("title", languages, longest: 150),
      question: form.localized("question", languages, longest: 200),
      summary: form.localized("summary", languages, longest: 600, lines: true), description: description,
      scope: form.localized("scope", languages, longest: 100, required: false))
  }

  /// A local date and time in the organization's zone; one that the clocks skip is refused, one that comes twice is its first coming.
  static func time(_ field: String, _ form: FormReader, _ visit: Visit, required: Bool) -> Instant? {
    let text = form.text(field, longest: 20, required: required)
    guard !text.isEmpty else { return nil }
    guard let found = visit.say.zone.instant(isoDateTime: text) else {
      form.fail(field, "form.fault.date")
      return nil
    }
    if found.note == .skipped { form.fail(field, "form.fault.skipped-time") }
    return Instant(milliseconds: found.milliseconds)
  }

  private static func themeFields(_ component: Component?, _ visit: Visit) async throws -> ThemeFields {
    guard let id = component?.id else { return .none }
    return try await visit.read { ThemeFields(themes: try ComponentThemes.list(of: id, in: $0), uses: try ComponentThemes.uses(of: id, in: $0)) }
  }

  private static func setComponent(_ visit: Visit) async throws -> Answer {
    let model = try await model(visit)
    let form = FormReader(visit.exchange.form)
    let languages = visit.settings.languages
    let known = model.context.components.first { String($0.id.number) == visit.exchange.parameters["activity"] }
    let kind = known?.kind ?? form.choice("kind", Component.Kind.self)
    let title = form.localized("title", languages, longest: 150)
    let introduction = form.localized("introduction", languages, longest: 600, required: false, lines: true)
    let settings = ComponentSettings(
      supportLimit: form.number("limit", in: 1...1_000), supportThreshold: form.number("threshold", in: 1...1_000_000),
      editMinutes: form.number("edit_minutes", in: 0...10_080) ?? 60, articlesByParticipants: form.isChecked("articles"))
    let fields = try await themeFields(known, visit)
    if let known {
      var state = model.componentState(known)
      fields.fill(&state)
      try visit.refuseOvertaken(state)
    }
    let themes = fields.read(form, languages)
    guard form.isValid, let kind else {
      return visit.page(visit.say("admin.activity"), status: 422, robots: false) { $0.editComponent(model, known, fields, FormState(form), visit) }
    }
    let isPublic = known == nil || form.isChecked("public")
    let id = try await visit.publish { actor, db in
      let space = model.context.space.id
      let id: ComponentID
      if let known {
        try Spaces.editComponent(
          known.id, title: title, introduction: introduction, settings: settings, isPublic: isPublic,
          permit: Permit(ManageSpace(space), for: actor, in: db), in: db)
        id = known.id
      } else {
        id = try Spaces.addComponent(
          kind, title: title, introduction: introduction, settings: settings, permit: Permit(ManageSpace(space), for: actor, in: db), in: db)
      }
      if kind == .proposals {
        try ComponentThemes.set(
          adding: themes.adding, renaming: themes.renaming, removing: themes.removing, of: id,
          permit: Permit(ManageSpace(space), for: actor, in: db), in: db)
      }
      return id
    }
    if known == nil && kind == .texts { return visit.redirect("/admin\(model.context.path)/activities/\(id)/articles", saying: "flash.created") }
    return visit.redirect("/admin" + model.context.path, saying: "flash.saved")
  }

  private static func setCommitment(_ visit: Visit) async throws -> Answer {
    let model = try await model(visit) { SignCommitment($0) }
    let form = FormReader(visit.exchange.form)
    let languages = visit.settings.languages
    func words(_ field: String, required: Bool = true) -> LocalizedText {
      form.localized(field, languages, longest: 1_000, required: required, lines: true)
    }
    let decided = words("decided"), settled = words("settled", required: false), decider = words("decider"), rule = words("rule"),
      answer = words("answer")
    let due = time("due", form, visit, required: true)
    let signedBy = form.text("signed_by", longest: 100)
    let office = form.localized("office", languages, longest: 150)
    let isChange = !model.commitments.isEmpty
    try visit.refuseOvertaken(model.commitmentState(visit))
    if let due, !Commitments.mayPromise(due, after: model.commitments.first, at: visit.now) { form.fail("due", "refusal.answer-date-past") }
    let reason = isChange ? form.localized("reason", languages, longest: 600, lines: true) : nil
    guard form.isValid, let due else {
      return visit.page(visit.say("commitment.title"), status: 422, robots: false) { $0.editCommitment(model, FormState(form), visit) }
    }
    try await visit.publish { actor, db in
      let commitment = Commitment(
        version: 1, decided: decided, settled: settled, decider: decider, rule: rule, answer: answer, answerDue: due, signedBy: signedBy,
        office: office, signed: db.now,
        reason: reason)
      try Commitments.publish(commitment, permit: Permit(SignCommitment(model.context.space.id), for: actor, in: db), in: db)
    }
    let manages = ManageSpace(model.context.space.id).verdict(for: visit.actor, at: visit.now).isYes
    return visit.redirect((manages ? "/admin" : "") + model.context.path, saying: "flash.saved")
  }
}
