extension OpenDatabase {
  /// The tables of this library itself; they come before the features'.
  static var ownSchema: Schema {
    var schema = Schema(parts: [
      (
        name: "database/steps",
        sql: """
        -- The steps that this database took, or was made with.
        CREATE TABLE schema_steps (
          name TEXT PRIMARY KEY NOT NULL,
          applied_at INTEGER NOT NULL
        ) STRICT;
        -- The parts of the schema that it was made with or last brought to, without comments.
        CREATE TABLE schema_parts (
          name TEXT PRIMARY KEY NOT NULL,
          sql TEXT NOT NULL
        ) STRICT;
        """
      ),
      (
        name: "database/events",
        sql: """
        -- What happened: numbers and coarse facts, no words of people.
        CREATE TABLE events (
          id INTEGER PRIMARY KEY,
          position INTEGER UNIQUE, -- in the one order that followers read by; on PostgreSQL NULL until the sequencer gives it
          kind TEXT NOT NULL,
          actor INTEGER, -- NULL: the program itself
          subject_kind TEXT NOT NULL,
          subject INTEGER NOT NULL,
          space INTEGER,
          at INTEGER NOT NULL,
          payload TEXT NOT NULL
        ) STRICT;
        CREATE INDEX events_by_subject ON events (subject_kind, subject, position);
        CREATE INDEX events_without_position ON events (id) WHERE position IS NULL;
        -- The sequencer's lease: whoever locks the one row gives the next positions.
        CREATE TABLE event_sequence (
          id INTEGER PRIMARY KEY CONSTRAINT "there is one sequence" CHECK (id = 1),
          position INTEGER NOT NULL
        ) STRICT;
        INSERT INTO event_sequence (id, position) VALUES (1, 0);
        -- How far each follower came.
        CREATE TABLE followers (
          name TEXT PRIMARY KEY NOT NULL,
          position INTEGER NOT NULL
        ) STRICT;
        """
      ),
      (
        name: "database/jobs",
        sql: """
        -- Work to be done later, at least once.
        CREATE TABLE jobs (
          id INTEGER PRIMARY KEY,
          kind TEXT NOT NULL,
          key TEXT NOT NULL UNIQUE, -- what makes it one and the same job
          payload TEXT NOT NULL,
          run_at INTEGER NOT NULL, -- not before; while it runs, when it is taken for lost
          attempts INTEGER NOT NULL,
          last_error TEXT,
          done_at INTEGER,
          failed_at INTEGER, -- given up
          CONSTRAINT "a job is not both done and given up" CHECK (done_at IS NULL OR failed_at IS NULL)
        ) STRICT;
        CREATE INDEX jobs_due ON jobs (run_at) WHERE done_at IS NULL AND failed_at IS NULL;
        CREATE INDEX jobs_failed ON jobs (id) WHERE failed_at IS NOT NULL;
        """
      ),
    ])
    schema.parts.append(
      Schema.Part(
        name: "database/search",
        sql: """
          CREATE VIRTUAL TABLE search_index USING fts5 (title, body, kind UNINDEXED, space UNINDEXED, tokenize = 'ascii');
          """,
        postgres: """
          CREATE TABLE search_index (document BIGINT PRIMARY KEY, kind TEXT NOT NULL, space BIGINT, stems tsvector NOT NULL);
          CREATE INDEX search_index_by_stem ON search_index USING gin (stems);
          """))
    return schema
  }
}
