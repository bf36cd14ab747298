import Encodings

/// The full-text index: stems in, documents out, the same set on both databases (FTS5; tsvector with GIN).
///
/// Stems are made by the caller's analyser and are opaque here: each is written as a token of small letters and digits, so that neither
/// database's own analysis changes it and no stem can be query syntax.
extension Writing {
  /// Puts a document into the index, or replaces it. Of the body the first 20,000 stems count, of each stem the first 60 bytes.
  ///
  /// - Parameters:
  ///   - document: a number unique among all that is indexed, of whatever kind.
  ///   - kind: for `matches(kinds:)`.
  ///   - space: for `matches(spaces:)`; nil when it stands in none.
  package func index(document: Int64, kind: String, space: Int64?, title: [String], body: [String]) throws {
    let title = title.prefix(1000).map(SearchToken.token)
    let body = body.prefix(20_000).map(SearchToken.token)
    switch session.dialect {
    case .sqlite:
      try run("DELETE FROM search_index WHERE rowid = $1", document)
      try run(
        "INSERT INTO search_index (rowid, title, body, kind, space) VALUES ($1, $2, $3, $4, $5)",
        document, title.joined(separator: " "), body.joined(separator: " "), kind, space)
    case .postgres:
      try run(
        """
        INSERT INTO search_index (document, kind, space, stems) VALUES ($1, $2, $3, CAST(CAST($4 AS TEXT) AS tsvector))
        ON CONFLICT (document) DO UPDATE SET kind = excluded.kind, space = excluded.space, stems = excluded.stems
        """, document, kind, space, SearchToken.vector(title: title, body: body))
    }
  }

  /// Takes a document out of the index.
  package func unindex(document: Int64) throws {
    switch session.dialect {
    case .sqlite: try run("DELETE FROM search_index WHERE rowid = $1", document)
    case .postgres: try run("DELETE FROM search_index WHERE document = $1", document)
    }
  }

  /// Rewrites the index so that nothing of documents taken out is left in it; to be run each night.
  package func compactIndex() throws {
    // PostgreSQL's own vacuum does it there.
    if session.dialect == .sqlite { try run("INSERT INTO search_index (search_index) VALUES ('optimize')") }
  }
}

extension Reading {
  /// Documents that hold *all* of these words in title or body, best first (then newest number first). Of more than 32 words the first
  /// 32 count; without any word nothing is found.
  ///
  /// - Parameters:
  ///   - stems: for each word the stems that it has in the languages of the site, of which the first 8 count; any of them will do.
  ///   - kinds, spaces: nil for all; an empty list finds nothing.
  /// - Returns: scores compare within one answer only: bm25 on SQLite, ts_rank on PostgreSQL, the title ten times as heavy.
  package func matches(
    _ stems: [[String]], kinds: [String]? = nil, spaces: [Int64]? = nil, limit: Int, offset: Int = 0
  ) throws -> [(document: Int64, score: Double)] {
    let words = stems.filter { !$0.isEmpty }.prefix(32).map { $0.prefix(8).map(SearchToken.token) }
    guard !words.isEmpty else { return [] }
    let kinds = kinds.map(Texts.init)
    let spaces = spaces.map { Numbers($0) }
    switch session.dialect {
    case .sqlite:
      let query = words.map { "(" + $0.map { "\"\($0)\"" }.joined(separator: " OR ") + ")" }.joined(separator: " AND ")
      return try all(
        """
        SELECT rowid, -bm25(search_index, 10.0, 1.0) AS score FROM search_index WHERE search_index MATCH $1
        AND ($2 IS NULL OR kind IN texts($2)) AND ($3 IS NULL OR space IN numbers($3)) ORDER BY score DESC, rowid DESC LIMIT $4 OFFSET $5
        """, query, kinds, spaces, max(0, limit), max(0, offset)
      ) { ($0.int64(0), $0.real(1)) }
    case .postgres:
      let query = words.map { "(" + $0.joined(separator: " | ") + ")" }.joined(separator: " & ")
      return try all(
        """
        SELECT document, CAST(ts_rank(stems, query) AS REAL) AS score FROM search_index, CAST(CAST($1 AS TEXT) AS tsquery) AS query
        WHERE stems @@ query AND (CAST($2 AS TEXT) IS NULL OR kind IN texts($2)) AND (CAST($3 AS TEXT) IS NULL OR space IN numbers($3))
        ORDER BY score DESC, document DESC LIMIT $4 OFFSET $5
        """, query, kinds, spaces, max(0, limit), max(0, offset)
      ) { ($0.int64(0), $0.real(1)) }
    }
  }
}

extension Reading {
  /// The newest documents that hold a stem, of whatever kind and space: not ranked, so that a common word costs little.
  /// - Parameter inTitle: whether only titles are looked at, not bodies.
  package func documents(holding stem: String, inTitle: Bool, limit: Int) throws -> [Int64] {
    let token = SearchToken.token(stem)
    switch session.dialect {
    case .sqlite:
      return try all(
        "SELECT rowid FROM search_index WHERE search_index MATCH $1 ORDER BY rowid DESC LIMIT $2",
        (inTitle ? "title : " : "") + "\"" + token + "\"", max(0, limit)
      ) { $0.int64(0) }
    case .postgres:
      return try all(
        "SELECT document FROM search_index WHERE stems @@ CAST(CAST($1 AS TEXT) AS tsquery) ORDER BY document DESC LIMIT $2",
        token + (inTitle ? ":A" : ""), max(0, limit)
      ) { $0.int64(0) }
    }
  }
}

/// Writing stems so that both databases take them as they are.
enum SearchToken {
  /// Small letters and digits only, different for different stems (of their first 60 bytes): such a stem stands for itself, any other
  /// is written as `zz` and its bytes in hexadecimal.
  static func token(_ stem: String) -> String {
    let bytes = stem.utf8.prefix(60)
    let isPlain = !bytes.isEmpty && bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
    if isPlain, !bytes.starts(with: "zz".utf8) { return String(decoding: bytes, as: UTF8.self) }
    return "zz" + Hexadecimal.text(bytes)
  }

  /// PostgreSQL's text form of a vector: `token:1A,7D other:2A`. It keeps positions up to 16383 and 255 for each token.
  static func vector(title: [String], body: [String]) -> String {
    var places: [String: [String]] = [:]
    for (number, (token, weight)) in (title.map { ($0, "A") } + body.map { ($0, "D") }).enumerated() {
      if places[token, default: []].count < 255 { places[token, default: []].append("\(min(number + 1, 16_383))\(weight)") }
    }
    return places.map { "\($0.key):\($0.value.joined(separator: ","))" }.joined(separator: " ")
  }
}
