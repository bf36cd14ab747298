import CommonsDomain
import Database
import Participation
import Testing

/// Nobody speaks in the authority's name who is not the authority.
struct OfficialNameTests {
  private static let official = ["Ville d’Ormeval", "Commune d’Ormeval"]

  @Test(
    arguments: [
      "Ville d’Ormeval", "ville d'ormeval", "VILLE D ORMEVAL", "Ville  d’Ormeval ✓", "Ｖｉｌｌｅ d’Ormeval", "Ville d’Ormevаl", "Vılle d’Ormeval",
      "Ville d’Ormevał", "V\u{200B}ille d’Ormeval", "Ville d’Orme\u{AD}val", "Vílle d’Ormeval", "Ville d’Ormeval 1", "ⅤⅠⅬⅬE d’Ormeval",
      "Vi11e d’Ormeval",
      "𝐕𝐢𝐥𝐥𝐞 d’Ormeval", "La Ville d’Ormeval", "Commune d’Ormeval", "Maire d’Ormeval", "Mairie d’Ormeval", "Ville d’Ormeval officiel",
      "Ville d’Ormeval – service communication", "Administrateur", "La mairie", "Ville d’Օrmeval", "Ville d’Ormᴇval", "Ville d’Ormevaӏ",
      "Ville d’Orrneval", "The Mayor of Ormeval", "Le conseil municipal", "City council", "Madame la maire", "Adjointe à la maire", "Garante",
      "Police municipale", "Participante ou participant sans nom", "Ancienne participante",
    ])
  func `a name that looks like the authority's is not free`(_ name: String) {
    #expect(!OfficialName.isFree(name, in: Self.official))
  }

  @Test(arguments: [
    "Amina", "Amis d’Ormeval", "Villette", "Ormeval à vélo", "Association des commerces", "Ville", "Jean Maire", "Conseil citoyen", "Ірина", "李 Li",
    "Conseil des jeunes", "La Ville à vélo", "Participants de la rue Haute",
    "Ελένη", "محمد",
  ])
  func `an ordinary name is free`(_ name: String) {
    #expect(OfficialName.isFree(name, in: Self.official))
  }

  @Test func `nobody takes the name of someone who acts for the authority`() {
    #expect(!OfficialName.isFree("maelle KERDONCUFF", in: Self.official, people: ["Maëlle Kerdoncuff"]))
    #expect(!OfficialName.isFree("Maëlle Kerdoncuff (Ormeval)", in: Self.official, people: ["Maëlle Kerdoncuff"]))
    #expect(OfficialName.isFree("Maëlle Kerdoncuf", in: Self.official, people: ["Maëlle Kerdoncuff"]))
    #expect(OfficialName.isFree("Chloé Martin", in: Self.official, people: ["Chloé"]), "a first name is not one person's")
  }

  @Test(arguments: DatabaseKind.allCases) func `no person takes the authority's name`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let amina = town.amina
      let key = try await refusal {
        try await town.database.write { try People.setName("ville d’ormeval", language: .french, of: amina, in: $0) }
      }
      #expect(key == "refusal.official-name")
    }
  }

  private static let groups: [[String]] = [["COMMUNE D’ORMEVAL"], ["Les voisins", "Nora", "La commune d’Ormeval"], ["Les voisins", "chloe"]]

  @Test(arguments: groups) func `neither a group nor one of its members takes the authority's name`(_ names: [String]) async throws {
    try await Town.with(.sqlite) { town in
      let (amina, members) = (town.amina, Array(names.dropFirst()))
      let key = try await refusal {
        try await town.database.write { db in
          _ = try Authors.collective(.group, name: names[0], organizationKind: nil, members: members, spokesperson: amina, in: db)
        }
      }
      #expect(key == "refusal.official-name")
    }
  }

  @Test(arguments: ["Ville d’Ormeval", "Chloé"]) func `an agent writes for nobody in the authority's name`(_ name: String) async throws {
    try await Town.with(.sqlite) { town in
      let (agent, space) = (Town.holder(.agent, town.amina, in: town.space), town.space)
      let someone = Assistance(name: name, channel: .stand, place: "Marché", givenOn: "2026-09-21", answerBy: .none, answerTo: "")
      let key = try await refusal {
        try await town.database.write { db in
          _ = try Authors.assisted(
            someone, saying: ("", ""), reference: "AAAA-AAAA", permit: Permit(Assist(space), for: agent, in: db), in: db)
        }
      }
      #expect(key == "refusal.official-name")
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `people without a name are told apart, and a form sent twice is one`(_ kind: DatabaseKind) async throws
  {
    try await Town.with(kind) { town in
      let (agent, space, ideas) = (Town.holder(.agent, town.amina, in: town.space), town.space, town.ideas)
      let child = Assistance(name: "", channel: .stand, place: "Marché", givenOn: "2026-09-21", answerBy: .none, answerTo: "")
      func write(_ words: String, _ reference: String) async throws -> AuthorID {
        try await town.database.write { db -> AuthorID in
          let writ = try Town.writ(words, "Parce que.")
          let permit = try Permit(Assist(space), for: agent, in: db)
          let author = try Authors.assisted(child, saying: (writ.title, writ.source), reference: reference, permit: permit, in: db)
          do {
            _ = try Proposals.add(writ, place: "", theme: nil, author: author, component: ideas, by: agent, in: db)
          } catch is AlreadyPublished {}
          return author
        }
      }
      let (first, again, other) = (try await write("Un banc", "A"), try await write("Un banc", "B"), try await write("Une haie", "C"))
      #expect(first == again && first != other)
      #expect(try await town.database.read { try Authors.author(first, in: $0)?.name } == "")
    }
  }

  @Test(arguments: [("  Amina\u{202E}  B ", "Amina B"), ("A\u{0}b", "Ab"), ("e\u{301}\u{301}\u{301}\u{301}t", "e\u{301}\u{301}t"), ("x\r\ny", "xy")])
  func `a name to be shown holds nothing invisible`(_ typed: String, _ shown: String) throws {
    #expect(try #require(DisplayName.clean(typed)).utf8.elementsEqual(shown.utf8))
  }

  @Test(arguments: ["", "   ", "\u{202E}\u{200B}", "!!!", String(repeating: "x", count: 61), "✓"])
  func `a name without a letter, or too long, is no name`(_ typed: String) {
    #expect(DisplayName.clean(typed) == nil)
  }
}
