import CLibPQ

/// Making and describing a PostgreSQL database's tables.
enum PostgresSchema {
  /// Any number will do, so long as all our servers ask for the same.
  private static let lock = 1_230_128_455

  static func apply(_ schema: Schema, now: Instant, to connection: PostgresConnection) throws {
    // Two servers may start at once; the second waits, then finds the work done.
    try connection.command("SELECT pg_advisory_lock(\(lock))")
    defer { _ = try? connection.command("SELECT pg_advisory_unlock(\(lock))") }
    switch try plan(schema, connection) {
    case .create:
      try transaction(connection) {
        for part in schema.parts { try execute(part, connection) }
        for step in schema.steps { try remember(step, now, connection) }
        try rememberParts(of: schema, connection)
      }
    case .take(let steps):
      for step in steps {
        try transaction(connection) {
          try execute(step, connection)
          try remember(step, now, connection)
          if step == steps.last { try rememberParts(of: schema, connection) }
        }
      }
    }
  }

  static func plan(_ schema: Schema, _ connection: PostgresConnection) throws -> SchemaPlan {
    let tables = try Set(connection.texts("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
    let present = try SchemaMemory(tables: tables, texts: connection.texts)
    return try SchemaPlan(schema: schema, present: present, isEmpty: tables.isEmpty)
  }

  private static func transaction(_ connection: PostgresConnection, _ work: () throws -> Void) throws {
    try connection.command("BEGIN")
    defer { connection.rollback() }
    try work()
    try connection.commit()
  }

  private static func execute(_ part: Schema.Part, _ connection: PostgresConnection) throws {
    do { try connection.command(part.forPostgres) } catch DatabaseFault.statement(let message, let sql) {
      throw DatabaseFault.statement(message: message, sql: "\(part.name): \(sql)")
    }
  }

  private static func remember(_ step: Schema.Part, _ now: Instant, _ connection: PostgresConnection) throws {
    try connection.command("INSERT INTO schema_steps (name, applied_at) VALUES (\(try connection.literal(step.name)), \(now.milliseconds))")
  }

  private static func rememberParts(of schema: Schema, _ connection: PostgresConnection) throws {
    try connection.command("DELETE FROM schema_parts")
    for (name, sql) in SchemaMemory.parts(of: schema) {
      try connection.command("INSERT INTO schema_parts (name, sql) VALUES (\(try connection.literal(name)), \(try connection.literal(sql)))")
    }
  }

  /// One line each for columns, constraints and indexes, sorted.
  static func shape(_ connection: PostgresConnection) throws -> [String] {
    try connection.texts(
      """
      SELECT 'column ' || c.relname || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' '
        || CAST(a.attidentity AS TEXT) || CAST(a.attgenerated AS TEXT) || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relkind = 'r'
      UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
      UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
      """
    ).sorted()
  }
}
