import CommonsDomain
import Database
import Participation
import Testing

/// Which ideas are said to be alike, whatever else the index holds.
struct SimilarIdeasTests {
  @Test(arguments: DatabaseKind.allCases) func `an old idea with the same title is found behind a thousand newer texts`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      let old = try await town.propose("Un vélo dans la rue", "Ici.", by: town.amina)
      let other = try await town.propose("Une fontaine sur la place", "Avec un vélo et une rue.", by: town.amina)
      func alike() async throws -> [ResourceID] {
        try await town.database.read { [space = town.space] db in
          try Search.similar(to: "Le vélo, la rue", kind: .proposal, in: space, language: .french, limit: 3, db)
        }
      }
      #expect(try await alike() == [old, other], "texts are looked at too")
      // As arguments are: with the words in their texts, newer than the ideas, and of another kind.
      try await town.database.write { [space = town.space] db in
        for number in 1...1_100 {
          try db.index(document: 1_000_000 + Int64(number), kind: "argument", space: space.number, title: [], body: ["velo", "rue"])
        }
      }
      #expect(try await alike() == [old])
    }
  }
}
