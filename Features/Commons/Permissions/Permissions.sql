-- Who holds which role, where, given by whom, until when.
CREATE TABLE grants (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id),
  role TEXT NOT NULL CONSTRAINT role_is_known
    CHECK (role IN ('administrator', 'organiser', 'moderator', 'service', 'authority', 'guarantor', 'agent')),
  space_id INTEGER,                       -- NULL: everywhere in the organization
  granted_by INTEGER REFERENCES people (id),
  granted_at INTEGER NOT NULL,
  revoked_by INTEGER REFERENCES people (id),
  revoked_at INTEGER
) STRICT;
CREATE INDEX grants_by_person ON grants (person_id);
