extension Database {
  /// The tables of this library itself; they come before the features'.
  static var ownSchema: Schema {
    Schema(parts: [
      (
        name: "database/steps",
        sql: """
          CREATE TABLE schema_steps (
            name TEXT PRIMARY KEY,
            applied_at INTEGER NOT NULL
          ) STRICT;
          """
      )
    ])
  }
}
