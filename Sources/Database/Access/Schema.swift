/// A database's tables, read from the features: as they are now, and the steps that lead there from the oldest release.
///
/// An empty database is made from `parts` (in order, in one transaction) and counts as having all steps; an older one takes the steps
/// that it lacks, in order, each in a transaction of its own. The text is SQLite's; for PostgreSQL these words are translated:
/// `id INTEGER PRIMARY KEY` (a number given by the database), `INTEGER`, `BLOB`, `REAL`, `STRICT`, `WITHOUT ROWID`.
package struct Schema: Sendable {
  package struct Part: Sendable, Equatable {
    /// Unique among its like; a step is remembered by it, so it never changes after release.
    package let name: String
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

  package var parts: [Part]
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

  /// `applied` is nil when the database has no table `schema_steps`; `isEmpty` tells whether it has no table at all.
  init(schema: Schema, applied: Set<String>?, isEmpty: Bool) throws {
    guard let applied else {
      guard isEmpty else { throw DatabaseFault.notOurs("it has tables, but none that remembers the schema's steps") }
      self = .create
      return
    }
    let unknown = applied.subtracting(schema.steps.map(\.name))
    if !unknown.isEmpty { throw DatabaseFault.newerProgram(steps: unknown.sorted()) }
    self = .take(schema.steps.filter { !applied.contains($0.name) })
  }
}
