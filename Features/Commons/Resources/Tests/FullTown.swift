import CommonsDomain
import Database
import Localization
import Participation
import RichText

/// A town in which everything that can be said was said once, each time in the words given.
struct FullTown: Sendable {
  let town: Town
  let idea: ResourceID
  let assisted: ResourceID
  let article: ResourceID
  let official: ResourceID
  let wording: ResourceID
  let argument: ResourceID
  let source: ResourceID

  /// What stands in the addresses of its pages.
  var filled: [String: String] {
    [
      ":slug": "place", ":component": "\(town.ideas)", ":id": "\(idea)", ":page": "terms", ":wording": "\(wording)", ":argument": "\(argument)",
      ":colour": "1d4e89",
      ":phase": "\(town.phase)", ":activity": "\(town.ideas)", ":space": "place", ":token": "none",
    ]
  }

  /// The addresses of the pages of its resources, without language.
  var pages: [String] {
    let (ideas, texts) = ("/processes/place/f/\(town.ideas)", "/processes/place/f/\(town.texts)")
    let whole = ["\(ideas)/proposals/\(idea)", "\(ideas)/proposals/\(assisted)", "\(texts)/articles/\(article)", "\(texts)/articles/\(official)"]
    let below = whole + ["\(texts)/articles/\(article)/wordings/\(wording)"]
    let said = ["/arguments/\(argument)/correct", "/arguments/\(argument)/history"]
    let parts = said + ["", "/history", "/sources", "/sources/new", "/arguments/new", "/correct", "/version"]
    let resources = [idea, assisted, article, official, wording, argument, source]
    return below.flatMap { page in parts.map { page + $0 } } + ["\(texts)/articles/\(article)/wordings/new"]
      + resources.flatMap { ["/go/\($0)", "/report/\($0)", "/moderation/\($0)", "/withdraw/\($0)", "/slips/\($0)"] }
      + [ideas, texts, "\(ideas)/proposals/new", "\(ideas)/proposals/assist", "\(texts)/articles/new"]
  }

  private static func notes(_ words: String) throws -> ArticleNotes {
    let rich = try Passage(markdown: words)
    return ArticleNotes(
      explanation: rich, plainWords: rich, changes: [LawChange(title: words, before: rich, after: rich)],
      translations: [Translation(language: .english, ["title": rich, "body": rich, "plain": rich, "explanation": rich])])
  }

  init(_ town: Town, saying words: String) async throws {
    self.town = town
    let text = LocalizedText([.french: words, .english: words], original: .french)
    let chief = Town.holder(.administrator, town.chloe)
    let (amina, ideas, texts, section, space) = (town.amina, town.ideas, town.texts, town.section, town.space)
    let writ = Writ(title: words, source: words, body: try RichText(markdown: words), language: .french)
    try await town.database.write { db in
      try db.run(
        "UPDATE organization SET tagline = $1, description = $1, contact = $2, publisher = $2, publication_director = $2, hosting_provider = $2, name = $2",
        text.stored, words)
      let spaceWords = SpaceWords(slug: "place", title: text, question: text, summary: text, description: text, scope: text)
      try Spaces.edit(spaceWords, permit: Permit(ManageSpace(space), for: chief, in: db), in: db)
      let image = try Uploads.insert(
        digest: "d", mediaType: "image/png", name: words, size: 1, width: 1, height: 1, by: amina, in: db)
      try db.run("UPDATE spaces SET source_note = $1, image_id = $2, image_words = $1", text.stored, image)
      for language in [Language.french, .english] {
        let change = LegalChange(language, source: words, before: words + " avant", after: words)
        try LegalTexts.change("terms", to: [change], asksAgain: false, permit: Permit(ManageOrganization(), for: chief, in: db), in: db)
      }
      try db.run("UPDATE phases SET name = $1, description = $1", text.stored)
      try db.run("UPDATE components SET title = $1, introduction = $1", text.stored)
      try db.run("UPDATE sections SET title = $1", text.stored)
      try ComponentThemes.insert([text], of: ideas, db)
      try Spaces.replacePartners([Partner(name: words, address: words)], of: space, db)
      _ = try Spaces.insertDocument(text, address: words, upload: nil, in: space, db)
      _ = try Spaces.insertNews(text, body: text, at: db.now, by: nil, in: space, db)
      let promise = Commitment(
        version: 1, decided: text, settled: text, decider: text, rule: text, answer: text, answerDue: db.now, signedBy: words, office: text,
        signed: db.now, reason: text)
      try Commitments.insert(promise, version: 1, space: space, in: db)
      try Commitments.insert(promise, version: 2, space: space, in: db)
      let guarantor = Town.holder(.guarantor, amina, in: space)
      try Moderation.publishReport(writ, permit: Permit(PublishGuarantorReport(space), for: guarantor, in: db), in: db)
    }
    let ids = try await town.database.write { db -> [ResourceID] in
      let (author, actor) = (try Authors.personal(amina, in: db), Town.participant(amina))
      let group = try Authors.collective(
        .group, name: words + " ensemble", organizationKind: nil, members: [words + " du groupe"], spokesperson: amina, in: db)
      let theme = try ComponentThemes.list(of: ideas, in: db).first?.id
      let idea = try Proposals.add(writ, place: words, theme: theme, author: group, component: ideas, by: actor, in: db)
      let assistance = Assistance(
        name: words + " du marché", channel: .letter, place: words, givenOn: words, answerBy: .post, answerTo: words)
      let someone = try Authors.assisted(
        assistance, saying: (writ.title, writ.source), reference: words, permit: Permit(Assist(space), for: chief, in: db), in: db)
      let assisted = try Proposals.add(writ, place: words, theme: theme, author: someone, component: ideas, by: chief, in: db)
      let article = try ArticleWriting.add(writ, section: section, author: author, component: texts, by: actor, in: db)
      let parts = ArticleParts(writ: writ, section: section, notes: try Self.notes(words))
      let official = try ArticleWriting.addOfficial(parts, component: texts, by: chief, in: db)
      let wording = try Wordings.add(writ, reason: words, to: article, author: author, by: actor, in: db)
      let argument = try Arguments.add(.for, about: idea, replyTo: nil, writ, author: author, by: actor, in: db)
      _ = try Arguments.add(.for, about: idea, replyTo: argument, writ, author: group, by: actor, in: db)
      let source = try Sources.add(words, kind: .press, about: idea, writ, author: author, by: actor, in: db)
      try Resources.correct(
        writ, reason: words, read: 1, permit: Permit(Correct(Resources.resource(idea, in: db), Admission.load(ideas, in: db)), for: actor, in: db),
        in: db)
      for resource in [idea, argument] {
        try Moderation.report(
          .insult, note: words, permit: Permit(ReportResource(Resources.resource(resource, in: db)), for: .visitor, in: db), in: db)
      }
      // Last: names that hold the name of someone with a role are nobody's.
      try db.run("UPDATE people SET display_name = $1", words)
      _ = try Drafts.save(path: "/processes/place/f/\(ideas)/proposals/new", title: words, fields: "{}", token: "d", for: amina, in: db)
      return [idea, assisted, article, official, wording, argument, source]
    }
    (idea, assisted, article, official, wording, argument, source) = (ids[0], ids[1], ids[2], ids[3], ids[4], ids[5], ids[6])
    try await town.catchUp()
  }
}
