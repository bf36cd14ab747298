/// A database's tables, read from the features: as they are now, and the steps that lead there from the oldest release.
///
/// An empty database is made from `parts` (in order, in one transaction) and counts as having all steps; an older one takes the steps
/// that it lacks, in order, each in a transaction of its own. A database remembers the parts it was brought to: where they differ from
/// these and no step is left to take, another program made it, and it is not opened. The text is SQLite's; for PostgreSQL these words are translated:
/// `id INTEGER PRIMARY KEY` (a number given by the database), `INTEGER`, `BLOB`, `REAL`, `STRICT`, `WITHOUT ROWID`.
package struct Schema: Sendable {
  /// Statements that make a part of the tables, or lead there from an older form.
  package struct Part: Sendable, Equatable {
    /// Unique among its like; a step is remembered by it, so it never changes after release.
    package let name: String
    /// Statements, parted by `;`.
    package let sql: String
    /// PostgreSQL's own words where no translation will do (this library's full-text index); nil elsewhere.
    let postgres: String?

    package init(name: String, sql: String) {
      self.init(name: name, sql: sql, postgres: nil)
    }

    init(name: String, sql: String, postgres: String?) {
      self.name = name
      self.sql = sql
      self.postgres = postgres
    }

    var forPostgres: String { postgres ?? SchemaText.forPostgres(sql) }
  }

  /// The tables as they are now, in the order in which they are made.
  package var parts: [Part]
  /// From the oldest release to now, in the order in which they are taken.
  package var steps: [Part]

  package init(parts: [(name: String, sql: String)], steps: [(name: String, sql: String)] = []) {
    self.parts = parts.map { Part(name: $0.name, sql: $0.sql) }
    self.steps = steps.map { Part(name: $0.name, sql: $0.sql) }
  }

  /// This schema's parts and steps, then the other's.
  package func followed(by other: Schema) -> Schema {
    var schema = self
    schema.parts += other.parts
    schema.steps += other.steps
    return schema
  }
}

/// What has to be done to bring a database to a schema.
enum SchemaPlan: Equatable {
  case create
  case take([Schema.Part])

  /// `present` is nil when the database has no table `schema_steps`; `isEmpty` tells whether it has no table at all.
  init(schema: Schema, present: SchemaMemory?, isEmpty: Bool) throws {
    guard let present else {
      guard isEmpty else { throw DatabaseFault.notOurs("it has tables, but none that remembers the schema's steps") }
      self = .create
      return
    }
    let unknown = present.steps.subtracting(schema.steps.map(\.name))
    if !unknown.isEmpty { throw DatabaseFault.newerProgram(steps: unknown.sorted()) }
    let steps = schema.steps.filter { !present.steps.contains($0.name) }
    if steps.isEmpty {
      let parts = SchemaMemory.parts(of: schema)
      let others = Set(parts.keys).union(present.parts.keys).filter { parts[$0] != present.parts[$0] }
      guard others.isEmpty else { throw DatabaseFault.otherProgram(parts: others.sorted()) }
    }
    self = .take(steps)
  }
}

extension SchemaPlan {
  /// The names of what it would do.
  var pending: [String] {
    switch self {
    case .create: ["the whole schema"]
    case .take(let steps): steps.map(\.name)
    }
  }
}

/// What a database remembers of its schema.
struct SchemaMemory {
  let steps: Set<String>
  /// The text of each part by its name, without comments; empty in a database that did not keep it yet.
  let parts: [String: String]

  /// Reads it with a query that gives texts; nil without a table of steps.
  init?(tables: Set<String>, texts: (String) throws -> [String]) rethrows {
    guard tables.contains("schema_steps") else { return nil }
    steps = try Set(texts("SELECT name FROM schema_steps"))
    guard tables.contains("schema_parts") else {
      parts = [:]
      return
    }
    let names = try texts("SELECT name FROM schema_parts ORDER BY name")
    parts = try Dictionary(uniqueKeysWithValues: zip(names, texts("SELECT sql FROM schema_parts ORDER BY name")))
  }

  static func parts(of schema: Schema) -> [String: String] {
    Dictionary(schema.parts.map { ($0.name, SchemaText.normalised($0.sql)) }, uniquingKeysWith: { $0 + " " + $1 })
  }
}
