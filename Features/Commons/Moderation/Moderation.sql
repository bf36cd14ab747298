-- Reports: someone, with or without account, says that a resource breaks a rule of the charter.
CREATE TABLE reports (
  id INTEGER PRIMARY KEY,
  resource_id INTEGER NOT NULL REFERENCES resources (id),
  rule TEXT NOT NULL,                     -- key of a rule of the moderation charter
  note TEXT NOT NULL,
  person_id INTEGER REFERENCES people (id), -- NULL: a visitor
  made_at INTEGER NOT NULL,
  decided_at INTEGER,
  decided_by INTEGER REFERENCES people (id),
  decision TEXT CONSTRAINT decision_is_known CHECK (decision IN ('keep', 'hide'))
) STRICT;
CREATE INDEX reports_by_resource ON reports (resource_id, decided_at);
CREATE INDEX reports_by_decision ON reports (decided_at, made_at);

-- What the guarantor says of the process; organisers read it and cannot edit it.
CREATE TABLE guarantor_reports (
  id INTEGER PRIMARY KEY,
  space_id INTEGER NOT NULL REFERENCES spaces (id),
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  html TEXT NOT NULL,
  language TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  published_by INTEGER NOT NULL REFERENCES people (id)
) STRICT;
