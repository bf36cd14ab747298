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
            let act = Moderate(try Resources.resource(idea, in: db), reporters: try Moderation.reporters(of: idea, in: db))
            try Moderation.hide(.insult, permit: Permit(act, for: moderator, in: db), in: db)
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
      #expect(try await town.database.read { try Moderation.queue(for: reader, limit: 10, in: $0).count } == 1)
      #expect(try await town.database.read { try reports($0, idea) } == 100)
      let moderator = Town.holder(.moderator, town.chloe, in: town.space)
      try await town.database.write { db in
        let act = Moderate(try Resources.resource(idea, in: db), reporters: try Moderation.reporters(of: idea, in: db))
        try Moderation.keep(permit: Permit(act, for: moderator, in: db), in: db)
      }
      #expect(try await town.database.read { try Moderation.queue(for: reader, limit: 10, in: $0).isEmpty })
      #expect(try await town.isListed(idea))
    }
  }
}
