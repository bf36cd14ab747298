import GRDB

/// Making and describing an SQLite database's tables.
enum SQLiteSchema {
  static func apply(_ schema: Schema, now: Instant, to database: GRDB.Database) throws {
    let plan = try plan(schema, database)
    switch plan {
    case .create:
      try transaction(database) {
        for part in schema.parts { try execute(part, database) }
        for step in schema.steps { try remember(step, now, database) }
        try rememberParts(of: schema, database)
      }
    case .take(let steps):
      for step in steps {
        // A table that must be made anew is copied and renamed, which references to it would refuse; they are checked as a whole instead.
        try database.execute(sql: "PRAGMA foreign_keys = OFF")
        defer { try? database.execute(sql: "PRAGMA foreign_keys = ON") }
        try transaction(database) {
          try execute(step, database)
          if try GRDB.Row.fetchOne(database, sql: "PRAGMA foreign_key_check") != nil {
            throw DatabaseFault.constraint(kind: .foreignKey, name: "after step \(step.name)")
          }
          try remember(step, now, database)
          if step == steps.last { try rememberParts(of: schema, database) }
        }
      }
    }
  }

  static func plan(_ schema: Schema, _ database: GRDB.Database) throws -> SchemaPlan {
    let tables = try Set(String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"))
    let present = try SchemaMemory(tables: tables) { try String.fetchAll(database, sql: $0) }
    return try SchemaPlan(schema: schema, present: present, isEmpty: tables.isEmpty)
  }

  private static func transaction(_ database: GRDB.Database, _ work: () throws -> Void) throws {
    try database.execute(sql: "BEGIN IMMEDIATE")
    do {
      try work()
      try database.execute(sql: "COMMIT")
    } catch {
      if database.isInsideTransaction { try? database.execute(sql: "ROLLBACK") }
      throw error
    }
  }

  private static func execute(_ part: Schema.Part, _ database: GRDB.Database) throws {
    do { try database.execute(sql: part.sql) } catch let error as DatabaseError {
      throw DatabaseFault.statement(message: error.message ?? "\(error.resultCode)", sql: "\(part.name): \(error.sql ?? "")")
    }
  }

  private static func remember(_ step: Schema.Part, _ now: Instant, _ database: GRDB.Database) throws {
    try database.execute(sql: "INSERT INTO schema_steps (name, applied_at) VALUES (?, ?)", arguments: [step.name, now.milliseconds])
  }

  private static func rememberParts(of schema: Schema, _ database: GRDB.Database) throws {
    try database.execute(sql: "DELETE FROM schema_parts")
    for (name, sql) in SchemaMemory.parts(of: schema) {
      try database.execute(sql: "INSERT INTO schema_parts (name, sql) VALUES (?, ?)", arguments: [name, sql])
    }
  }

  /// One line each for columns, keys, references, checks and indexes, sorted.
  static func shape(_ database: GRDB.Database) throws -> [String] {
    var lines: [String] = []
    let tables = try GRDB.Row.fetchAll(
      database, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
    for row in tables {
      let table: String = row[0]
      let text: String = row[1]
      lines.append("table \(table) \(tail(text))")
      lines += SchemaText.checks(text).map { "check \(table) \($0)" }
      lines += try describe(
        "SELECT name, type, \"notnull\", coalesce(dflt_value, ''), pk, hidden FROM pragma_table_xinfo(?)", "column", table, database)
      lines += try describe(
        "SELECT seq, \"from\", \"table\", coalesce(\"to\", ''), on_update, on_delete FROM pragma_foreign_key_list(?) ORDER BY id, seq",
        "reference", table, database, skip: 1)
    }
    let indexes = try GRDB.Row.fetchAll(
      database, sql: "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    for row in indexes { lines.append("index \(row[0] as String) \(SchemaText.normalised(row[2]))") }
    let automatic = try GRDB.Row.fetchAll(
      database,
      sql: """
        SELECT t.name, l.origin, (SELECT group_concat(name, ',') FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno))
        FROM sqlite_master t, pragma_index_list(t.name) l WHERE t.type = 'table' AND l.origin <> 'c' AND t.name NOT LIKE 'sqlite%'
        """)
    for row in automatic { lines.append("unique \(row[0] as String) \(row[1] as String) \(row[2] as String? ?? "")") }
    let triggers = try GRDB.Row.fetchAll(database, sql: "SELECT sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
    for row in triggers { lines.append(SchemaText.normalised(row[0])) }
    return lines.sorted()
  }

  private static func describe(
    _ sql: String, _ what: String, _ table: String, _ database: GRDB.Database, skip: Int = 0
  ) throws -> [String] {
    try GRDB.Row.fetchAll(database, sql: sql, arguments: [table]).map { row in
      let cells = row.databaseValues.dropFirst(skip).map { cell in "\(cell)" }
      return "\(what) \(table) " + cells.joined(separator: " ")
    }
  }

  /// STRICT, WITHOUT ROWID: what stands behind the last parenthesis.
  private static func tail(_ sql: String) -> String {
    guard let last = sql.utf8.lastIndex(of: UInt8(ascii: ")")) else { return "" }
    return SchemaText.normalised(String(Substring(sql.utf8[last...].dropFirst()))).uppercased()
  }
}
