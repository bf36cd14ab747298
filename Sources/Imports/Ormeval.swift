package import CommonsDomain
package import Database
import Foundation
import Localization
import Participation
import RichText

/// Loads the demonstration: the invented town of Ormeval and its open consultation, dated from the day of loading.
package struct Ormeval: Sendable {
  private let file: OrmevalFile

  package init(json: [UInt8]) throws {
    do {
      file = try JSONDecoder().decode(OrmevalFile.self, from: Data(json))
    } catch {
      throw ImportFault(file: "ormeval.json", element: "the file", reason: "\(error)")
    }
  }

  package static let spaceKey = "ormeval:plan-climat"

  /// What the town says of itself.
  package func settings(secret: [UInt8], now: Instant) -> OrganizationSettings {
    let town = file.organization
    return OrganizationSettings(
      name: town.name, tagline: words(town.tagline), description: words(town.description), brand: .standard,
      languages: town.locales.map { Language($0) },
      zone: town.zone, contact: town.contact, publisher: town.publisher, publicationDirector: town.publicationDirector, hostingProvider: town.host,
      termsVersion: 1, termsChangedAt: now, audit: .none, auditedOn: nil, isDemonstration: true, secret: secret)
  }

  /// The accounts that hold a role, and one participant, as the demonstration prints them: role, name, address.
  package var accounts: [(role: String, name: String, email: String)] {
    file.people.filter { $0.role != nil }.map { ($0.role ?? "", $0.name, Self.email($0.key)) } + [
      ("administrator", "Adèle Montjoie", Self.email("adele"))
    ]
      + file.people.filter { $0.key == "amina" }.map { ("participant", $0.name, Self.email($0.key)) }
  }

  static func email(_ key: String) -> String { key + "@ormeval.example" }

  private func words(_ words: OrmevalFile.Words?) -> LocalizedText {
    LocalizedText(Dictionary((words ?? [:]).map { (Language($0.key), $0.value) }, uniquingKeysWith: { first, _ in first }), original: .french)
  }

  /// Writes everything in one transaction; does nothing when it is there already.
  /// - Parameter password: the hash of the password that all demonstration accounts share.
  package func run(in database: OpenDatabase, password: String) async throws -> Bool {
    try await database.write { db in
      if try Spaces.isImported(Self.spaceKey, in: db) { return false }
      var loader = OrmevalLoader(file: file, password: password, db: db)
      try loader.load()
      return true
    }
  }
}

/// One loading, while it runs.
struct OrmevalLoader {
  let file: OrmevalFile
  let password: String
  let db: Writing
  var people: [String: PersonID] = [:]
  var voters: [PersonID] = []
  var articles: [ResourceID] = []
  var wordings: [ResourceID] = []
  var proposals: [ResourceID] = []

  init(file: OrmevalFile, password: String, db: Writing) {
    self.file = file
    self.password = password
    self.db = db
  }

  func words(_ words: OrmevalFile.Words?) -> LocalizedText {
    LocalizedText(Dictionary((words ?? [:]).map { (Language($0.key), $0.value) }, uniquingKeysWith: { first, _ in first }), original: .french)
  }

  func at(_ day: Int) -> Instant { db.now.adding(days: Int64(day)) }

  /// The beginning of the day, in the town's zone.
  private func midnight(_ day: Int) -> Instant {
    let zone = Zone(file.organization.zone) ?? .universal
    let local = zone.local(at(day).milliseconds).isoDate
    return zone.instant(isoDateTime: local + "T00:00").map { Instant(milliseconds: $0.milliseconds) } ?? at(day)
  }

  /// A past day, spread over its hours so that nothing is exactly alike.
  func past(_ day: Int, _ index: Int) -> Instant { min(db.now.adding(minutes: -1), at(day).adding(minutes: Int64(-(index * 37 % 600)))) }

  mutating func load() throws {
    try loadPeople()
    let process = file.process
    let space = try Spaces.insert(
      SpaceWords(
        slug: process.slug, title: words(process.title), question: words(process.question), summary: words(process.summary),
        description: words(process.description), scope: words(process.scope)), by: people["chloe"], importedKey: Ormeval.spaceKey, published: true,
      in: db)
    let texts = try Spaces.insertComponent(
      .texts, in: space, title: words(file.texts.title), introduction: words(file.texts.intro), settings: ComponentSettings(), db)
    let ideas = try Spaces.insertComponent(
      .proposals, in: space, title: words(file.proposalsComponent.title), introduction: words(file.proposalsComponent.intro),
      settings: ComponentSettings(supportLimit: 10, supportThreshold: file.proposalsComponent.supportThreshold), db)
    try loadFrame(space, texts, ideas)
    try loadTexts(space, texts)
    try loadProposals(space, ideas)
    try loadArguments(space, texts, ideas)
    for component in [texts, ideas] { try Standings.recountComponent(component, in: db) }
  }

  private mutating func loadPeople() throws {
    func join(_ key: String, _ name: String, language: String, under15: Bool, role: Role?) throws -> PersonID {
      let email = Ormeval.email(key)
      let id = try People.join(email: email, key: email, name: name, language: Language(language), termsVersion: 1, in: db)
      if under15 { try People.setUnderFifteen(true, of: id, in: db) }
      try People.setPassword(password, of: id, in: db)
      if let role { try Grants.grantAsOperator(Grant(role), to: id, in: db) }
      return id
    }
    people["adele"] = try join("adele", "Adèle Montjoie", language: "fr", under15: false, role: .administrator)
    for person in file.people where person.account ?? true {
      people[person.key] = try join(
        person.key, person.name, language: person.language ?? "fr", under15: person.under15 ?? false, role: person.role.flatMap(Role.init(rawValue:)))
    }
    // Demonstration voters, whom no page ever names.
    voters = try (1...25).map { try join("voter\($0)", "Demonstration \($0)", language: "fr", under15: false, role: nil) }
  }

  private func loadFrame(_ space: SpaceID, _ texts: ComponentID, _ ideas: ComponentID) throws {
    let process = file.process
    for phase in process.phases {
      let id = ID<Phase>(
        try db.insert(
          "INSERT INTO phases (space_id, name, description, starts_at, ends_at) VALUES ($1, $2, $3, $4, $5) RETURNING id", space,
          words(phase.name).stored,
          words(phase.description).stored, midnight(phase.starts), midnight(phase.ends)))
      for (component, acts) in phase.permits {
        for act in acts {
          _ = try db.run(
            "INSERT INTO phase_permissions (phase_id, component_id, act) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", id,
            component == "texts" ? texts : ideas,
            act == "article" ? PhaseAct.propose.rawValue : act)
        }
      }
    }
    let promise = process.commitment
    let rule = Dictionary(promise.rule.map { ($0.key, $0.value + " " + (promise.criteria[$0.key] ?? "")) }, uniquingKeysWith: { first, _ in first })
    try Commitments.insert(
      Commitment(
        version: 1, decided: words(promise.decided), settled: words(promise.already), decider: words(promise.who), rule: words(rule),
        answer: words(promise.answer), answerDue: midnight(promise.answerBy), signedBy: promise.signedBy, office: words(promise.office),
        signed: at(promise.signedOn),
        reason: nil), version: 1, space: space, in: db)
    for news in process.news {
      _ = try Spaces.insertNews(words(news.title), body: words(news.body), at: at(news.day), by: people["chloe"], in: space, db)
    }
    for document in process.documents {
      if let url = document.url {
        _ = try Spaces.insertDocument(words(document.title), address: url, upload: nil, in: space, db)
      } else if let text = document.text {
        // A document that is only words is told as news, so that it can be read here.
        _ = try Spaces.insertNews(words(document.title), body: words(text), at: at(-20), by: people["chloe"], in: space, db)
      }
    }
    try Spaces.replacePartners(process.partners.map { Partner(name: $0.name, address: $0.url) }, of: space, db)
  }

  func markdown(_ text: String) throws -> RichText { try RichText(markdown: text) }

  /// What stands beside an article of the town, and its translations.
  private func notes(of article: OrmevalFile.Article, number: Int) throws -> ArticleNotes {
    let change = try article.before.map { LawChange(title: "", before: try Passage(markdown: $0["fr"] ?? ""), after: .empty) }
    let languages = article.body.keys.filter { $0 != "fr" }.sorted()
    let translations = try languages.map { language in
      let title = "Article \(number) – " + (article.title[language] ?? "")
      return Translation(
        language: Language(language),
        [
          "title": Passage(source: title, body: RichText(paragraphs: title)), "body": try Passage(markdown: article.body[language] ?? ""),
          "plain": try Passage(markdown: article.plain[language] ?? ""), "explanation": try Passage(markdown: article.explanation[language] ?? ""),
        ])
    }
    return ArticleNotes(
      explanation: try Passage(markdown: article.explanation["fr"] ?? ""), plainWords: try Passage(markdown: article.plain["fr"] ?? ""),
      changes: change.map { [$0] } ?? [], translations: translations)
  }

  private mutating func loadTexts(_ space: SpaceID, _ component: ComponentID) throws {
    let authority = try Authors.authority(named: file.organization.name, in: db)
    let sections = try file.texts.sections.enumerated().map { try Texts.insertSection(words($1.title), position: $0, in: component, db) }
    for (position, article) in file.texts.articles.enumerated() {
      let body = article.body["fr"] ?? ""
      let title = "Article \(position + 1) – " + (article.title["fr"] ?? "")
      let writ = Writ(title: title, source: body, body: try markdown(body), language: .french)
      let first = article.correction.map { body.replacingOccurrences(of: $0.now, with: $0.first) } ?? body
      let id = try Resources.insert(
        .article, in: space, component, about: nil, by: authority, Writ(title: title, source: first, body: markdown(first), language: .french),
        theme: sections[article.section].number, person: people["chloe"], created: at(-20), db)
      if let correction = article.correction {
        try Resources.insertCorrection(of: id, writ, reason: correction.reason, at: at(correction.day), by: people["chloe"], db)
      }
      try Texts.insertArticle(id, section: sections[article.section], position: position, notes: notes(of: article, number: position + 1), in: db)
      articles.append(id)
    }
    for (index, article) in file.texts.participantArticles.enumerated() {
      guard let person = people[article.author] else { continue }
      let writ = Writ(title: article.title, source: article.body, body: try markdown(article.body), language: Language(article.language))
      let id = try Resources.insert(
        .article, in: space, component, about: nil, by: Authors.personal(person, in: db), writ, theme: sections[article.section].number,
        person: person,
        created: past(article.day, index), db)
      try Texts.insertArticle(
        id, section: sections[article.section], position: nil, notes: ArticleNotes(explanation: Passage(markdown: article.explanation ?? "")), in: db)
    }
    for (index, wording) in file.texts.wordings.enumerated() {
      guard let person = people[wording.author], articles.indices.contains(wording.article) else { continue }
      let writ = Writ(title: wording.title, source: wording.text, body: try markdown(wording.text), language: Language(wording.language))
      let id = try Resources.insert(
        .wording, in: space, component, about: articles[wording.article], by: Authors.personal(person, in: db), writ, reason: wording.reason,
        person: person,
        created: past(wording.day, index), db)
      try cast(.for, (index * 5 + 4) % 14, on: id)
      wordings.append(id)
    }
    for votes in file.votes where articles.indices.contains(votes.article) {
      try cast(.for, votes.for, on: articles[votes.article])
      try cast(.mixed, votes.mixed, on: articles[votes.article], from: votes.for)
      try cast(.against, votes.against, on: articles[votes.article], from: votes.for + votes.mixed)
    }
    for id in articles { try Standings.recount(id, in: db) }
  }

  /// Demonstration voters cast through the same rows as everyone.
  func cast(_ choice: Choice, _ amount: Int, on id: ResourceID, from first: Int = 0, by others: [PersonID] = []) throws {
    let component: ComponentID? = try db.first("SELECT component_id FROM resources WHERE id = $1", id) { $0.id(0) }
    let chosen = others.isEmpty ? Array(voters.dropFirst(first).prefix(amount)) : others
    for voter in chosen {
      _ = try db.run(
        "INSERT INTO votes (resource_id, edition, person_id, choice, proof, component_id) VALUES ($1, 1, $2, $3, 'email', $4) ON CONFLICT DO NOTHING",
        id,
        voter, choice.rawValue, component)
    }
    for (shard, members) in Dictionary(grouping: chosen, by: Votes.shard) {
      _ = try db.run(
        """
        INSERT INTO tallies (resource_id, edition, choice, proof, shard, amount) VALUES ($1, 1, $2, 'email', $3, $4)
        ON CONFLICT (resource_id, edition, choice, proof, shard) DO UPDATE SET amount = tallies.amount + excluded.amount
        """, id, choice.rawValue, shard, members.count)
    }
    try Standings.recount(id, in: db)
  }

  private mutating func loadProposals(_ space: SpaceID, _ component: ComponentID) throws {
    try ComponentThemes.insert(file.themes.map { words($0.name) }, of: component, db)
    let ids = try ComponentThemes.list(of: component, in: db).map(\.id)
    let themes = Dictionary(zip(file.themes.map(\.key), ids), uniquingKeysWith: { first, _ in first })
    for (index, proposal) in file.proposals.enumerated() {
      let writ = Writ(title: proposal.title, source: proposal.body, body: try markdown(proposal.body), language: Language(proposal.language))
      let author = try author(of: proposal, index)
      let id = try Resources.insert(
        .proposal, in: space, component, about: nil, by: author, writ, place: proposal.place, theme: themes[proposal.theme],
        person: people[proposal.author],
        created: past(proposal.day, index), db)
      proposals.append(id)
      let named = proposal.supports.keys.compactMap { people[$0] }
      if named.isEmpty { try cast(.support, proposal.supports.amount, on: id) } else { try cast(.support, 0, on: id, by: named) }
    }
  }

  private func author(of proposal: OrmevalFile.Proposal, _ index: Int) throws -> AuthorID {
    if let channel = proposal.channel, let agent = people[channel.agent] {
      let name = file.people.first { $0.key == proposal.author }?.name ?? ""
      let author = AuthorID(try db.insert("INSERT INTO authors (kind, name, official) VALUES ('assisted', $1, 0) RETURNING id", name))
      _ = try db.run(
        """
        INSERT INTO assistances (author_id, agent_id, channel, place, given_on, answer_by, answer_to, reference) VALUES ($1, $2, $3, $4, $5, $6, '', $7)
        """, author, agent, channel.by, channel.place, Zone.universal.local(at(channel.day).milliseconds).isoDate, channel.answerBy,
        "DEMO-\(1000 + index)")
      return author
    }
    guard let person = people[proposal.author] else {
      return try Authors.imported(key: "ormeval:" + proposal.author, name: proposal.author, isOfficial: false, in: db)
    }
    if let behalf = proposal.onBehalfOf {
      return try Authors.collective(
        .organization, name: behalf.name, organizationKind: Author.OrganizationKind(rawValue: behalf.kind) ?? .association, members: [],
        spokesperson: person, in: db)
    }
    return try Authors.personal(person, in: db)
  }

  private func loadArguments(_ space: SpaceID, _ texts: ComponentID, _ ideas: ComponentID) throws {
    func target(_ on: OrmevalFile.Target) -> (ResourceID, ComponentID)? {
      if let article = on.article, articles.indices.contains(article) { return (articles[article], texts) }
      if let wording = on.wording, wordings.indices.contains(wording) { return (wordings[wording], texts) }
      if let proposal = on.proposal, proposals.indices.contains(proposal) { return (proposals[proposal], ideas) }
      return nil
    }
    func add(
      _ body: String, _ side: Argument.Side, _ author: String, _ language: String, _ created: Instant, _ on: (ResourceID, ComponentID),
      replyTo: ResourceID?
    ) throws -> ResourceID? {
      guard let person = people[author] else { return nil }
      let id = try Resources.insert(
        .argument, in: space, on.1, about: on.0, by: Authors.personal(person, in: db),
        Writ(title: "", source: body, body: markdown(body), language: Language(language)),
        person: person, created: created, db)
      try Arguments.insert(id, side: side, replyTo: replyTo, in: db)
      return id
    }
    for (index, argument) in file.arguments.enumerated() {
      guard let on = target(argument.on) else { continue }
      let side = Argument.Side(rawValue: argument.side) ?? .for
      guard let id = try add(argument.body, side, argument.author, argument.language, past(argument.day, index), on, replyTo: nil) else { continue }
      try cast(.useful, 0, on: id, by: argument.useful.compactMap { people[$0] })
      for (at, reply) in argument.replies.enumerated() {
        _ = try add(reply.body, side, reply.author, reply.language, past(reply.day, -at), on, replyTo: id)
      }
    }
    for (index, source) in file.sources.enumerated() {
      guard let on = target(source.on), let person = people[source.author] else { continue }
      let id = try Resources.insert(
        .source, in: space, on.1, about: on.0, by: Authors.personal(person, in: db),
        Writ(title: source.title, source: "", body: .empty, language: Language(source.language)),
        person: person, created: past(source.day, index), db)
      try Sources.insert(id, address: source.url, kind: Source.Kind(rawValue: source.kind) ?? .other, in: db)
    }
    for id in articles + proposals { try Standings.recount(id, in: db) }
    // One report waits, so that a moderator has something to decide.
    let argued: ResourceID? = try db.first("SELECT resource_id FROM arguments WHERE reply_to IS NOT NULL ORDER BY resource_id", map: { $0.id(0) })
    if let argued {
      _ = try db.insert(
        "INSERT INTO reports (resource_id, rule, note, person_id, made_at) VALUES ($1, $2, '', NULL, $3) RETURNING id", argued,
        CharterRule.offTopic.rawValue, at(-1))
    }
  }
}
