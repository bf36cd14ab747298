-- Who follows what; shown to nobody but the person.
CREATE TABLE follows (
  person_id INTEGER NOT NULL REFERENCES people (id),
  subject_kind TEXT NOT NULL CONSTRAINT followed_kind_is_known CHECK (subject_kind IN ('space', 'resource')),
  subject_id INTEGER NOT NULL,
  followed_at INTEGER NOT NULL,
  PRIMARY KEY (person_id, subject_kind, subject_id)
) STRICT;
CREATE INDEX follows_by_subject ON follows (subject_kind, subject_id);
