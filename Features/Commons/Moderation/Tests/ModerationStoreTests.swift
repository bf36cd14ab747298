import CommonsDomain
import Database
import Participation
import Testing

/// What is hidden is gone at once, with all that hangs on it.
struct ModerationStoreTests {
  /// An article with a wording, an argument on each, a reply and a source; every text holds a word of its own.
  private struct Branch {
    let article: ResourceID
    let wording: ResourceID
    let argument: ResourceID
    let reply: ResourceID
    let below: ResourceID
    let source: ResourceID
    var all: [ResourceID] { [article, wording, argument, reply, below, source] }
    static let words = ["girouette", "hirondelle", "capucine", "libellule", "mandoline", "trompette"]

    init(_ town: Town) async throws {
      article = try await town.addArticle("La girouette", by: town.bernard)
      wording = try await town.addWording("Une hirondelle", "Texte.", to: article, by: town.amina)
      argument = try await town.argue("La capucine pousse.", about: article, by: town.amina)
      reply = try await town.argue("Une libellule passe.", about: article, replyTo: argument, by: town.bernard)
      below = try await town.argue("Sans mandoline.", about: wording, by: town.bernard)
      source = try await town.addSource("Une trompette", "", about: wording, by: town.amina)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `what is hidden, and what hangs on it, is in no list and no search`(_ kind: DatabaseKind) async throws
  {
    try await Town.with(kind) { town in
      let branch = try await Branch(town)
      for word in Branch.words { #expect(try await town.find(word).count == 1, "\(word) is found before") }
      try await town.hide(branch.article)
      for (word, resource) in zip(Branch.words, branch.all) {
        #expect(try await town.find(word).isEmpty, "\(word) is found after")
        #expect(try await !town.isListed(resource), "\(word) is listed after")
      }
      try await town.catchUp()
      for resource in branch.all { #expect(try await !town.isListed(resource), "it comes back with the events") }
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `hiding one argument leaves the others`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let branch = try await Branch(town)
      try await town.hide(branch.argument)
      let gone = [branch.argument, branch.reply]
      for resource in branch.all { #expect(try await town.isListed(resource) == !gone.contains(resource)) }
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `under something hidden nothing is corrected, reworded, argued or brought back into the lists`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let branch = try await Branch(town)
      try await town.hide(branch.article)
      let (wording, texts, author) = (branch.wording, town.texts, Town.participant(town.amina))
      _ = try? await town.argue("Un xylophone.", about: wording, by: town.amina)
      _ = try? await town.addSource("Un xylophone", "", about: wording, by: town.amina)
      _ = try? await town.database.write { db in
        let act = Correct(try Resources.resource(wording, in: db), try Admission.load(texts, in: db))
        try Resources.correct(Town.writ("Xylophone", "Texte."), reason: "", read: 1, permit: Permit(act, for: author, in: db), in: db)
      }
      _ = try? await town.database.write { db in
        let shown = try Resources.resource(wording, in: db)
        let act = Reword(shown, try Admission.load(texts, in: db))
        try Resources.reword(
          Town.writ("Xylophone", "Texte."), reason: "", read: shown.revision, permit: Permit(act, for: author, in: db), in: db)
      }
      #expect(try await town.find("xylophone").isEmpty)
      #expect(try await !town.isListed(wording))
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `what hangs on something withdrawn is in no list and no search`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let branch = try await Branch(town)
      try await town.withdraw(branch.article, by: town.bernard)
      for (word, resource) in zip(Branch.words, branch.all) {
        #expect(try await town.find(word).isEmpty, "\(word) is found after")
        #expect(try await !town.isListed(resource), "\(word) is listed after")
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `what is shown again comes back with all that hangs on it, and with its numbers`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      let notices = FollowerRunner(database: town.database, followers: [NoticeFollower()], logger: .init(label: "town"))
      try await notices.catchUp()
      let branch = try await Branch(town)
      try await town.cast(.for, on: branch.article, by: town.amina)
      try await town.hide(branch.source)
      try await town.withdraw(branch.below, by: town.bernard)
      try await town.hide(branch.article)
      try await town.hide(branch.argument)
      try await town.restore(branch.article)
      let gone = [branch.argument, branch.reply, branch.below, branch.source]
      for (word, resource) in zip(Branch.words, branch.all) {
        #expect(try await town.isListed(resource) == !gone.contains(resource), "\(word)")
        #expect(try await town.find(word).count == (gone.contains(resource) ? 0 : 1), "\(word)")
      }
      let numbers = try await town.database.read { db in
        try db.first("SELECT pro, arguments, wordings FROM standings WHERE resource_id = $1", branch.article) { [$0.int(0), $0.int(1), $0.int(2)] }
      }
      #expect(numbers == [1, 0, 1])
      try await town.restore(branch.argument)
      #expect(try await town.isListed(branch.reply))
      #expect(try await refusal { try await town.restore(branch.argument) } == "refusal.state")
      try await notices.catchUp()
      let told = try await town.database.read { db in try db.all("SELECT payload FROM jobs WHERE kind = 'mail' ORDER BY id") { $0.text(0) } }
      for name in ["hidden", "restored"] { #expect(told.contains { $0.contains("\"name\":\"\(name)\"") }) }
      #expect(told.contains { $0.contains("Elle vise une personne.") }, "the author reads why")
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a flood of reports in one space hides no case of another, and nobody reads another space's`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let elsewhere = try await town.database.write { [chloe = town.chloe] db in
        let words = SpaceWords(
          slug: "elsewhere", title: Town.words("Ailleurs"), question: Town.words("Quoi ?"), summary: Town.words("En bref"),
          description: Town.words("Plus"), scope: Town.words("Loin"))
        return try Spaces.insert(words, by: chloe, published: true, in: db)
      }
      var ideas: [ResourceID] = []
      for number in 0..<30 { ideas.append(try await town.propose("Une idée de \(number)", by: town.bernard)) }
      let all = ideas
      try await town.database.write { db in
        for idea in all {
          let act = ReportResource(try Resources.resource(idea, in: db))
          try Moderation.report(.insult, note: "", permit: Permit(act, for: .visitor, in: db), in: db)
        }
      }
      let (here, there) = (Town.holder(.moderator, town.chloe, in: town.space), Town.holder(.guarantor, town.chloe, in: elsewhere))
      let everywhere = Town.holder(.guarantor, town.chloe)
      #expect(try await town.database.read { try Moderation.queue(.open, for: here, in: $0) } == ideas)
      #expect(try await town.database.read { try Moderation.queue(.open, for: everywhere, in: $0) } == ideas)
      #expect(try await town.database.read { try Moderation.queue(.open, for: there, in: $0).isEmpty })
      try await town.hide(ideas[3])
      #expect(try await town.database.read { try Moderation.queue(.hidden, for: here, in: $0) } == [ideas[3]])
      #expect(try await town.database.read { try Moderation.queue(.hidden, for: there, in: $0).isEmpty })
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a moderator decides neither their own case nor one that they reported`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      let idea = try await town.propose("Un banc", by: town.bernard)
      let reporter = Town.holder(.moderator, town.amina, in: town.space)
      let author = Town.holder(.moderator, town.bernard, in: town.space)
      try await town.database.write { db in
        let act = ReportResource(try Resources.resource(idea, in: db))
        try Moderation.report(.insult, note: "", permit: Permit(act, for: reporter, in: db), in: db)
        try Moderation.report(.insult, note: "", permit: Permit(act, for: reporter, in: db), in: db)
      }
      #expect(try await town.database.read { try reports($0, idea) } == 1, "the same person reports once")
      for moderator in [reporter, author] {
        let key = try await refusal {
          try await town.database.write { db in
            let act = Moderate(try Resources.resource(idea, in: db), .hide, reporters: try Moderation.reporters(of: idea, in: db))
            try Moderation.hide(.insult, reason: "", permit: Permit(act, for: moderator, in: db), in: db)
          }
        }
        #expect(key == "refusal.own-case")
      }
      #expect(try await town.isListed(idea))
    }
  }

  private func reports(_ db: Reading, _ resource: ResourceID) throws -> Int {
    try db.count("SELECT COUNT(*) FROM reports WHERE resource_id = $1", resource)
  }

  @Test(arguments: DatabaseKind.allCases) func `a thousand reports of strangers stay a hundred, and one decision closes them`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      let idea = try await town.propose("Un banc", by: town.bernard)
      try await town.database.write { db in
        let act = ReportResource(try Resources.resource(idea, in: db))
        for _ in 0..<120 { try Moderation.report(.insult, note: "", permit: Permit(act, for: .visitor, in: db), in: db) }
      }
      let reader = Town.holder(.moderator, town.chloe, in: town.space)
      #expect(try await town.database.read { try Moderation.queue(.open, for: reader, in: $0).count } == 1)
      #expect(try await town.database.read { try reports($0, idea) } == 100)
      let moderator = Town.holder(.moderator, town.chloe, in: town.space)
      try await town.database.write { db in
        let act = Moderate(try Resources.resource(idea, in: db), .keep, reporters: try Moderation.reporters(of: idea, in: db))
        try Moderation.keep(permit: Permit(act, for: moderator, in: db), in: db)
      }
      #expect(try await town.database.read { try Moderation.queue(.open, for: reader, in: $0).isEmpty })
      #expect(try await town.isListed(idea))
    }
  }
}
