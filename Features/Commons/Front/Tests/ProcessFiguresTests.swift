import CommonsDomain
import Database
import Synchronization
import Testing
import Web

/// The figures of processes: kept while people vote, and read without counting.
struct ProcessFiguresTests {
  @Test(arguments: DatabaseKind.allCases) func `figures follow each vote, and are those of a count from nothing`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      func figures() async throws -> ProcessFigures {
        try await town.catchUp()
        return try await town.database.read { [space = town.space] in try ProcessFigures.load([space], in: $0)[space] ?? ProcessFigures() }
      }
      #expect(try await figures().contributions == 0)
      let (idea, article) = (
        try await town.propose("Un banc", "Ici.", by: town.amina), try await town.addArticle("Article 1", by: town.amina)
      )
      let argument = try await town.argue("Oui.", about: idea, by: town.bernard)
      _ = try await figures()
      // Each in a batch of its own: the sum moves by what changed.
      for person in [town.amina, town.bernard, town.chloe] {
        try await town.cast(.support, on: idea, by: person)
        try await town.catchUp()
      }
      try await town.cast(.for, on: article, by: town.bernard)
      try await town.cast(.useful, on: argument, by: town.amina)
      var found = try await figures()
      #expect([found.contributions, found.arguments, found.supports, found.votes, found.imported] == [2, 1, 3, 1, 0])
      try await town.cast(.against, on: article, by: town.bernard)
      try await town.cast(nil, on: idea, by: town.chloe)
      found = try await figures()
      #expect([found.supports, found.votes] == [2, 1])
      let (kept, counted) = try await town.database.write { [ideas = town.ideas, texts = town.texts] db in
        func rows() throws -> [String] {
          try db.all("SELECT component_id, kind, official, facet, value, amount FROM standing_counts ORDER BY 1, 2, 3, 4, 5") { row in
            "\(row.int(0)) \(row.text(1)) \(row.int(2)) \(row.text(3)) \(row.text(4)) \(row.int(5))"
          }
        }
        let kept = try rows()
        for component in [ideas, texts] { try Standings.recountComponent(component, in: db) }
        return (kept, try rows())
      }
      #expect(kept == counted && !kept.isEmpty)
      let wording = try await town.addWording("Autrement", "Un autre article.", to: article, by: town.chloe)
      try await town.cast(.for, on: wording, by: town.chloe)
      try await town.withdraw(article, by: town.amina)
      found = try await figures()
      #expect([found.contributions, found.votes, found.withdrawn] == [1, 2, 2], "the votes on what its author took back were cast all the same")
      // An account that ends takes its vote along from what was withdrawn, too.
      try await town.database.write { [bernard = town.bernard] db in try Votes.takeBackOpen(of: bernard, in: db) }
      found = try await figures()
      #expect([found.votes, found.withdrawn, found.supports] == [1, 1, 1])
      try await town.database.write { [texts = town.texts] db in
        try db.run("UPDATE resources SET hidden_at = $1 WHERE id = $2", db.now, article)
        try Standings.recountComponent(texts, in: db)
      }
      #expect(try await figures().withdrawn == 0, "what hangs on something hidden is hidden with it")
      try await town.hide(idea)
      found = try await figures()
      #expect(
        [found.contributions, found.supports, found.arguments, found.votes] == [0, 0, 0, 0], "what is hidden takes its votes and arguments along")
    }
  }

  @Test func `home, the list of processes and the desk ask as many questions for twelve processes as for two`() async throws {
    let asked = Mutex(0)
    try await Town.with(.sqlite, interruption: { _ in asked.withLock { $0 += 1 } }) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      func found(_ count: ClosedRange<Int>) async throws {
        try await town.database.write { [chloe = town.chloe] db in
          for number in count {
            let words = Town.words("Démarche \(number)")
            let space = try Spaces.insert(
              SpaceWords(slug: "demarche-\(number)", title: words, question: words, summary: words, description: words, scope: words), by: chloe,
              published: true, in: db)
            _ = try Spaces.insertNews(words, body: words, at: db.now, by: chloe, in: space, db)
            let ideas = try Spaces.insertComponent(
              .proposals, in: space, title: words, introduction: words, settings: ComponentSettings(supportThreshold: 15), db)
            try Spaces.setPhase(
              nil, name: words, description: words, starts: db.now.adding(days: -1), ends: db.now.adding(days: 30), allows: [(ideas, .support)],
              permit: Permit(ManageSpace(space), for: Town.holder(.administrator, chloe), in: db), in: db)
          }
        }
      }
      func questions(_ path: String) async throws -> Int {
        _ = try await site.get(path, as: chloe)
        let before = asked.withLock { $0 }
        #expect(try await site.get(path, as: chloe).text.contains("Démarche"))
        return asked.withLock { $0 } - before
      }
      try await found(1...1)
      let paths = ["/fr/", "/fr/processes", "/fr/admin"]
      var few: [Int] = []
      for path in paths { few.append(try await questions(path)) }
      try await found(2...11)
      var many: [Int] = []
      for path in paths { many.append(try await questions(path)) }
      #expect(few == many && few.allSatisfy { $0 > 2 })
    }
  }
}
