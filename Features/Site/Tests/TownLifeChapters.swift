import CommonsDomain
import Database
import Testing

/// Setting up a process and the organization.
struct LifeOfDesk {
  let life: TownLife
  private var calls: FailingCalls { life.calls }
  private var chloe: String { life.chloe }
  private let space = "/admin/processes/marche"

  func prepare() async throws {
    try await prepareOrganization()
    try await prepareSpace()
    try await fillSpace()
  }

  private func prepareOrganization() async throws {
    try await calls.form(
      "/admin/settings",
      [
        ("name", "Ormeval"), ("brand", "#1d4e89"), ("zone", "Europe/Paris"), ("contact", "mairie@ormeval.example"), ("audit", "none"),
        ("tagline_fr", "Parlons-en"), ("first_language", "fr"), ("language_en", "1"),
      ], as: chloe)
    let job = try await life.town.database.write { db in
      try Notice(to: nil, email: "chloe@example.org", language: .french, name: "sign-in", path: "/").post(key: "given-up", in: db)
      _ = try db.run("UPDATE jobs SET failed_at = $1 WHERE key = 'given-up'", db.now)
      return try db.job(key: "given-up")?.id ?? 0
    }
    try await calls.form("/admin/mails", [("job", String(job))], as: chloe)
    try await calls.form("/admin/legal/terms", [("source_fr", "Nos règles."), ("source_en", "Our rules."), ("new_version", "1")], as: chloe)
    try await life.town.database.write { db in try db.run("UPDATE people SET terms_version = 9") }
    // Whoever watches over a process takes no part in it: Bernard does so for the market only.
    for role in Role.allCases where role != .guarantor {
      try await calls.form("/admin/roles", [("email", "bernard@example.org"), ("role", role.rawValue), ("space", "all")], as: chloe)
    }
    try await calls.form("/admin/roles", [("email", "bernard@example.org"), ("role", "organiser"), ("space", "\(life.town.space)")], as: chloe)
    let last = try await life.number("SELECT MAX(id) FROM grants")
    try await calls.form("/admin/roles/\(last)/remove", [], as: chloe)
  }

  private func prepareSpace() async throws {
    let words = [("title_fr", "Le marché"), ("question_fr", "Où ?"), ("summary_fr", "En bref"), ("description_fr", "Plus long")]
    try await calls.form("/admin/processes/new", words + [("slug", "marche")], as: chloe)
    try await calls.form("/admin/processes/new", words + [("slug", "essai")], as: chloe)
    try await calls.form("/admin/processes/essai/remove", [], as: chloe)
    try await calls.form(space + "/words", words + [("slug", "marche"), ("scope_fr", "Le centre")], as: chloe)
    let themes = ("themes", "Ombre|Shade\nEau|Water")
    try await calls.form(space + "/activities/new", [("kind", "proposals"), ("title_fr", "Idées"), themes], as: chloe)
    let ideas = try await life.number("SELECT MAX(id) FROM components")
    try await calls.form("\(space)/activities/\(ideas)", [("title_fr", "Vos idées"), ("public", "1"), ("limit", "3"), themes], as: chloe)
    try await calls.form(space + "/activities/new", [("kind", "texts"), ("title_fr", "Le règlement")], as: chloe)
    let text = try await life.number("SELECT MAX(id) FROM components")
    let articles = "\(space)/activities/\(text)/articles"
    try await calls.form(articles + "/sections/new", [("section_title_fr", "Titre premier")], as: chloe)
    let section = try await life.number("SELECT MAX(id) FROM sections")
    let parts = [("plain", "En clair"), ("explanation", "Parce que"), ("law0-before", "Avant")]
    try await calls.form(articles + "/new", [("title", "Article 1"), ("section", "\(section)"), ("body", "Le marché ouvre.")] + parts, as: chloe)
    try await calls.form(articles + "/sections/new", [("section_title_fr", "Titre second")], as: chloe)
    let second = try await life.number("SELECT MAX(id) FROM sections")
    try await calls.form(articles, [("move", "section:\(second):up")], as: chloe)
    try await calls.form("\(articles)/sections/\(second)", [("section_title_fr", "Titre deux")], as: chloe)
    try await calls.form("\(articles)/sections/\(second)", [("_remove", "1")], as: chloe)
    let times = [("name_fr", "Donner son avis"), ("starts", "2026-09-20T08:00"), ("ends", "2026-12-20T08:00")]
    let allowed = [("allow", "\(ideas):propose"), ("allow", "\(ideas):support"), ("allow", "\(text):vote")]
    try await calls.form(space + "/phases/new", times + allowed, as: chloe)
    let phase = try await life.number("SELECT MAX(id) FROM phases")
    try await calls.form("\(space)/phases/\(phase)", times + allowed.dropLast(), as: chloe)
    try await calls.form(space + "/phases/new", times, as: chloe)
    let later = try await life.number("SELECT MAX(id) FROM phases")
    try await calls.form("\(space)/phases/\(later)/remove", [], as: chloe)
  }

  private func fillSpace() async throws {
    let promise = [
      ("decided_fr", "Le lieu"), ("decider_fr", "Le conseil"), ("rule_fr", "À la majorité"), ("answer_fr", "Par écrit"),
      ("due", "2027-01-20T12:00"), ("signed_by", "La maire"), ("office_fr", "Maire"),
    ]
    try await calls.form(space + "/commitment", promise, as: chloe)
    try await calls.form(space + "/commitment", promise + [("reason_fr", "Une date plus sûre")], as: chloe)
    try await calls.form(space + "/news/new", [("news_title_fr", "Réunion"), ("news_body_fr", "Mardi.")], as: chloe)
    let post = try await life.number("SELECT MAX(id) FROM news")
    try await calls.form("\(space)/news/\(post)", [("news_title_fr", "Réunion publique"), ("news_body_fr", "Mercredi.")], as: chloe)
    try await calls.form("\(space)/news/\(post)/remove", [], as: chloe)
    try await calls.form(space + "/partners", [("partners", "La région | https://region.example/\nL’école")], as: chloe)
    try await calls.form(space + "/partners", [("partners", "L’école")], as: chloe)
    try await calls.form(
      space + "/documents/new", [("document_title_fr", "Le plan"), ("document_address", "https://plan.example/")], as: chloe)
    let document = try await life.number("SELECT MAX(id) FROM documents")
    try await calls.form(space + "/documents", [("up", String(document))], as: chloe)
    try await calls.form(space + "/documents/\(document)", [("document_title_fr", "Le plan de la place")], as: chloe)
    try await calls.form(space + "/documents/\(document)", [("_remove", "1")], as: chloe)
    try await calls.form(space + "/image", [], as: chloe, file: ("image", [0x89] + Array("PNG".utf8)))
    try await calls.form(space + "/image", [("_remove", "1")], as: chloe)
    try await calls.form(space + "/documents/new", [("document_title_fr", "Le plan")], as: chloe, file: ("file", Array("%PDF-1.7\n%%EOF\n".utf8)))
    try await calls.form(space + "/publish", [], as: chloe)
    try await calls.form("/processes/marche/follow", [("follow", "1")], as: life.amina)
    try await calls.form("/processes/marche/follow", [("follow", "0")], as: life.amina)
    let market = try await life.number("SELECT MAX(id) FROM spaces WHERE removed_at IS NULL")
    try await calls.form("/admin/roles", [("email", "bernard@example.org"), ("role", "guarantor"), ("space", "\(market)")], as: chloe)
    try await calls.form("/processes/marche/guarantor-report", [("title", "Premier bilan"), ("body", "Tout est tenu.")], as: life.bernard)
  }
}

/// What people say, count, report and revise in the open process.
struct LifeOfContributions {
  let life: TownLife
  private let ideas: String
  private let texts: String
  private let idea: ResourceID
  private let article: ResourceID
  private let wording: ResourceID
  private var calls: FailingCalls { life.calls }
  private var amina: String { life.amina }
  /// The pages of an idea, an article and a wording.
  private var pages: [String] { ["\(ideas)/proposals/\(idea)", "\(texts)/articles/\(article)", "\(texts)/articles/\(article)/wordings/\(wording)"] }

  init(life: TownLife) async throws {
    self.life = life
    (ideas, texts) = ("/processes/place/f/\(life.town.ideas)", "/processes/place/f/\(life.town.texts)")
    let review = [("_step", "review"), ("title", "Un banc"), ("place", "Sur la place"), ("body", "À l’ombre."), ("language", "fr")]
    try await life.calls.form(ideas + "/proposals/new", review, as: life.amina)
    idea = ID(try await life.number("SELECT MAX(id) FROM resources"))
    let own = [("title", "Article 2"), ("section", "\(life.town.section)"), ("body", "Les arbres restent.")]
    try await life.calls.form(texts + "/articles/new", own, as: life.amina)
    article = ID(try await life.number("SELECT MAX(id) FROM resources"))
    let other = [("title", "Plus clair"), ("reason", "On comprend mieux"), ("body", "Les arbres sont gardés.")]
    try await life.calls.form("\(texts)/articles/\(article)/wordings/new", other, as: life.amina)
    wording = ID(try await life.number("SELECT MAX(id) FROM resources"))
  }

  func speak() async throws {
    let group = [("as", "group"), ("as_name", "Les voisins"), ("as_members", "Nora\nSamir")]
    try await calls.form(ideas + "/proposals/new", [("_step", "review"), ("title", "Une fontaine"), ("body", "Il fait chaud.")] + group, as: amina)
    // A draft of the same form goes when its text is published.
    try await calls.form(ideas + "/proposals/new", [("title", "Un kiosque"), ("_later", "1")], as: amina)
    try await calls.form(ideas + "/proposals/new", [("_step", "review"), ("title", "Un kiosque"), ("body", "Pour jouer.")], as: amina)
    try await calls.form(
      ideas + "/proposals/assist",
      [
        ("_step", "review"), ("title", "Des toilettes"), ("body", "Rien n’est ouvert."), ("name", "Odile"), ("channel", "letter"),
        ("given_at", "Mairie"),
        ("given_on", "2026-09-21"), ("answer_by", "post"), ("answer_to", "1 rue Haute"),
      ], as: life.bernard)
    for page in pages {
      try await calls.form(page + "/arguments/new", [("side", "for"), ("body", "C’est utile.")], as: life.bernard)
      let argument = try await life.number("SELECT MAX(id) FROM resources")
      try await calls.form(page + "/arguments/new", [("reply", String(argument)), ("body", "Et pourquoi ?")], as: amina)
    }
    let source = [("title", "Le journal"), ("address", "https://journal.example/"), ("kind", "press"), ("body", "Page 3")]
    for page in pages.prefix(2) { try await calls.form(page + "/sources/new", source, as: life.bernard) }
  }

  func count() async throws {
    let choices = [["support"], ["for", "against", "mixed"], ["for"]]
    for (page, choices) in zip(pages, choices) {
      for choice in choices + [""] + choices.prefix(1) {
        try await calls.form(page + "/vote", [("choice", choice), ("edition", "1")], as: life.bernard)
      }
      try await calls.form(page + "/follow", [("follow", "1")], as: life.bernard)
      let number = Int64(page.split(separator: "/").last ?? "") ?? 0
      let argument = try await life.town.database.read { db in
        try db.count("SELECT MAX(id) FROM resources WHERE kind = 'argument' AND subject_id = $1", number)
      }
      try await calls.form(page + "/useful", [("resource", "\(argument)"), ("choice", "useful")], as: life.bernard)
    }
    try await calls.form(pages[0] + "/follow", [("follow", "0")], as: life.bernard)
  }

  func judge() async throws {
    let replies = try await life.town.database.read { db in
      try db.all("SELECT resource_id FROM arguments WHERE reply_to IS NOT NULL ORDER BY resource_id") { $0.int64(0) }
    }
    for (reply, decision) in zip(replies, ["keep", "hide"]) {
      try await calls.form("/report/\(reply)", [("rule", "insult"), ("note", "Relisez.")])
      try await calls.form("/report/\(reply)", [("rule", "off-topic")], as: life.chloe)
      try await calls.form(
        "/moderation/\(reply)", [("decision", decision), ("rule", "insult"), ("reason", "Elle vise une personne.")], as: life.bernard)
    }
    for decision in ["restore", "hide"] {
      try await calls.form(
        "/moderation/\(replies[1])", [("decision", decision), ("rule", "insult"), ("reason", "Elle vise une personne.")], as: life.bernard)
    }
  }

  func revise() async throws {
    for page in pages {
      let text = [("title", "Mieux dit"), ("body", "Un autre texte."), ("reason", "Une faute")]
      try await calls.form(page + "/correct", text + [("read", "1")], as: amina)
      try await calls.form(page + "/version", text + [("read", "2")], as: amina)
    }
    for page in pages {
      let number = Int64(page.split(separator: "/").last ?? "") ?? 0
      let argument = try await life.town.database.read { db in
        try db.count("SELECT MIN(id) FROM resources WHERE kind = 'argument' AND subject_id = $1", number)
      }
      let text = [("body", "C’est très utile."), ("reason", "Un mot"), ("read", "1")]
      try await calls.form(page + "/arguments/\(argument)/correct", text, as: life.bernard)
    }
    for page in pages.reversed() { try await calls.form("/withdraw/" + (page.split(separator: "/").last ?? ""), [], as: amina) }
  }
}
