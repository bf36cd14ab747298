-- What the authority promised before the first contribution; a change is a new version with a public reason.
CREATE TABLE commitments (
  id INTEGER PRIMARY KEY,
  space_id INTEGER NOT NULL REFERENCES spaces (id),
  version INTEGER NOT NULL,
  decided TEXT NOT NULL,                  -- what is decided; localized, like all words here
  settled TEXT NOT NULL,                  -- what is already decided and will not change
  decider TEXT NOT NULL,                  -- who decides
  rule TEXT NOT NULL,                     -- by which rule and criteria
  answer TEXT NOT NULL,                   -- when and how the answer comes, in words
  answer_due_at INTEGER NOT NULL,
  signed_by TEXT NOT NULL,
  office TEXT NOT NULL,
  signed_at INTEGER NOT NULL,
  entered_by INTEGER,                     -- the person who typed it; NULL: an import
  reason TEXT,                            -- why it changed; NULL for the first version only
  CONSTRAINT one_row_a_version UNIQUE (space_id, version),
  CONSTRAINT a_change_has_a_reason CHECK (version = 1 OR reason IS NOT NULL)
) STRICT;
