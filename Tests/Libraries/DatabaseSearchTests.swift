import Testing

@testable import Database

private func found(_ database: OpenDatabase, _ stems: [String], kinds: [String]? = nil, spaces: [Int64]? = nil) async throws -> [Int64] {
  try await database.read { db in try db.matches(stems.map { [$0] }, kinds: kinds, spaces: spaces, limit: 100).map(\.document) }
}

@Suite struct DatabaseSearchTests {
  @Test(arguments: DatabaseKind.allCases)
  func `all stems must be there, in title or body, and the title weighs more`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: Schema(parts: [])) { database, _ in
      try await database.write { db in
        try db.index(document: 1, kind: "proposal", space: 5, title: ["park"], body: ["tree", "bench", "water"])
        try db.index(document: 2, kind: "proposal", space: 6, title: ["bench"], body: ["park", "tree", "water"])
        try db.index(document: 3, kind: "text", space: nil, title: ["parking"], body: ["car"])
      }
      #expect(Set(try await found(database, ["park", "tree"])) == [1, 2])
      let best = try await found(database, ["park"])
      #expect(best == [1, 2])
      let other = try await found(database, ["bench"])
      #expect(other == [2, 1])
      let none = try await found(database, ["park", "car"])
      let empty = try await found(database, [])
      #expect(none == [] && empty == [])
      let inSpace = try await found(database, ["park"], spaces: [6, 7])
      let ofKind = try await found(database, ["car"], kinds: ["text"])
      let ofOther = try await found(database, ["car"], kinds: ["proposal"])
      let nowhere = try await found(database, ["park"], spaces: [])
      #expect(inSpace == [2] && ofKind == [3] && ofOther == [] && nowhere == [])
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `any stem of a word will do, and a word without stems does not count`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: Schema(parts: [])) { database, _ in
      try await database.write { db in
        try db.index(document: 1, kind: "x", space: nil, title: ["jardin"], body: ["école"])
        try db.index(document: 2, kind: "x", space: nil, title: ["garden"], body: ["school"])
        try db.index(document: 3, kind: "x", space: nil, title: ["garden"], body: ["road"])
      }
      func documents(_ words: [[String]]) async throws -> Set<Int64> {
        try await database.read { db in Set(try db.matches(words, limit: 10).map(\.document)) }
      }
      let both = try await documents([["jardin", "garden"], ["école", "school"]])
      let loose = try await documents([["garden"], []])
      let none = try await documents([[], []])
      let crossed = try await documents([["jardin"], ["road", "school"]])
      #expect(both == [1, 2] && loose == [2, 3] && none == [] && crossed == [])
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a replaced document is found by its new words only, one taken out by none`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: Schema(parts: [])) { database, _ in
      try await database.write { db in
        try db.index(document: 1, kind: "proposal", space: 5, title: ["old"], body: ["both"])
        try db.index(document: 2, kind: "proposal", space: 5, title: ["both"], body: [])
        try db.index(document: 1, kind: "proposal", space: 5, title: ["new"], body: ["both"])
        try db.unindex(document: 2)
        try db.compactIndex()
      }
      let old = try await found(database, ["old"])
      let new = try await found(database, ["new", "both"])
      let both = try await found(database, ["both"])
      #expect(old == [] && new == [1] && both == [1])
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a stem is a word, whatever it looks like`(kind: DatabaseKind) async throws {
    let hostile = [
      "\"", "*", "park*", "NEAR(", "NEAR", "AND", "OR", "NOT", "col:", "title:park", "^", "^park", ":A", ":*", "!", "<->", "&",
      "|", "(", ")", "'", "\\",
      "--", "{title}", "-", "+", "%", "_", "école", "ecole", "ÉCOLE", "zz", "zz61", "a",
      "木", "🗳️", "", " ", "a b", "ß", "ss", String(repeating: "x", count: 5000),
    ]
    try await withDatabase(kind, schema: Schema(parts: [])) { database, _ in
      try await database.write { db in
        try db.index(document: 1000, kind: "x", space: nil, title: ["park"], body: ["tree"])
        for (number, stem) in hostile.enumerated() {
          try db.index(document: Int64(number), kind: "x", space: nil, title: [stem], body: ["tree"])
        }
      }
      for (number, stem) in hostile.enumerated() {
        let alone = try await found(database, [stem])
        #expect(alone == [Int64(number)], "\(stem)")
        let two = try await found(database, [stem, "tree"])
        #expect(two == [Int64(number)], "\(stem)")
      }
      let many = try await found(database, Array(repeating: "tree", count: 10_000))
      #expect(many.count == hostile.count + 1)
      let impossible = try await found(database, (0..<10_000).map { "word\($0)" })
      #expect(impossible == [])
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a long document can be indexed`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: Schema(parts: [])) { database, _ in
      try await database.write { db in
        let body = (0..<30_000).map { "élan\($0 % 25_000)" }
        try db.index(document: 1, kind: "x", space: nil, title: ["t"], body: body)
      }
      let first = try await found(database, ["élan19999", "élan0"])
      let beyond = try await found(database, ["élan20000"])
      #expect(first == [1] && beyond == [])
    }
  }

  @Test func `different stems have different tokens`() {
    let stems = ["zz", "zz7a7a", "zzzz", "z", "é", "zzc3a9", "e\u{301}", "", "a", "A", " a"]
    #expect(Set(stems.map(SearchToken.token)).count == stems.count)
  }
}
