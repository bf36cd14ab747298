-- Participatory spaces; a process has phases.
CREATE TABLE spaces (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CONSTRAINT space_kind_is_known CHECK (kind IN ('process')),
  slug TEXT NOT NULL CONSTRAINT slugs_are_unique UNIQUE,
  title TEXT NOT NULL,                    -- localized, like all words of the space
  question TEXT NOT NULL,
  summary TEXT NOT NULL,
  description TEXT NOT NULL,              -- localized Markdown
  scope TEXT NOT NULL,
  image_id INTEGER,
  image_words TEXT NOT NULL DEFAULT '{}', -- localized: what the image shows; empty: it only adorns
  imported_key TEXT CONSTRAINT imported_spaces_are_unique UNIQUE,
  source_note TEXT,                       -- localized: what an imported consultation does not hold
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  published_at INTEGER,
  published_by INTEGER,
  removed_at INTEGER,                     -- a draft that was thrown away; what was public once stays
  closed_at INTEGER,                      -- votes are parted from accounts since: nothing can be done here any more, whatever the phases say
  CONSTRAINT what_was_public_stays CHECK (removed_at IS NULL OR published_at IS NULL)
) STRICT;

CREATE TABLE phases (
  id INTEGER PRIMARY KEY,
  space_id INTEGER NOT NULL REFERENCES spaces (id),
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  starts_at INTEGER NOT NULL,             -- the first millisecond in which it runs
  ends_at INTEGER,                        -- the first millisecond in which it no longer runs; NULL: no end
  CONSTRAINT a_phase_ends_after_it_starts CHECK (ends_at IS NULL OR ends_at > starts_at)
) STRICT;
CREATE INDEX phases_by_space ON phases (space_id, starts_at);

CREATE TABLE components (
  id INTEGER PRIMARY KEY,
  space_id INTEGER NOT NULL REFERENCES spaces (id),
  kind TEXT NOT NULL CONSTRAINT component_kind_is_known CHECK (kind IN ('texts', 'proposals')),
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  introduction TEXT NOT NULL,
  settings TEXT NOT NULL,                 -- JSON, described by the component
  published_at INTEGER
) STRICT;
CREATE INDEX components_by_space ON components (space_id, position);

-- What a phase allows in a component, one act a row.
CREATE TABLE phase_permissions (
  phase_id INTEGER NOT NULL REFERENCES phases (id),
  component_id INTEGER NOT NULL REFERENCES components (id),
  act TEXT NOT NULL CONSTRAINT phase_act_is_known CHECK (act IN ('propose', 'support', 'vote', 'argue', 'reword', 'source')),
  PRIMARY KEY (phase_id, component_id, act)
) STRICT;

CREATE TABLE partners (
  id INTEGER PRIMARY KEY,
  space_id INTEGER NOT NULL REFERENCES spaces (id),
  name TEXT NOT NULL,
  address TEXT                            -- web address
) STRICT;

CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  space_id INTEGER NOT NULL REFERENCES spaces (id),
  title TEXT NOT NULL,
  address TEXT,                           -- either a web address …
  upload_id INTEGER,                      -- … or an upload
  position INTEGER NOT NULL,
  added_at INTEGER NOT NULL,
  CONSTRAINT a_document_is_somewhere CHECK ((address IS NULL) <> (upload_id IS NULL))
) STRICT;

CREATE TABLE news (
  id INTEGER PRIMARY KEY,
  space_id INTEGER NOT NULL REFERENCES spaces (id),
  title TEXT NOT NULL,
  body TEXT NOT NULL,                     -- localized Markdown
  published_at INTEGER NOT NULL,
  published_by INTEGER
) STRICT;
CREATE INDEX news_by_space ON news (space_id, published_at);
CREATE INDEX news_by_date ON news (published_at, id);

-- Themes that the ideas of a component are sorted by.
CREATE TABLE themes (
  id INTEGER PRIMARY KEY,
  component_id INTEGER NOT NULL REFERENCES components (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL                      -- localized
) STRICT;
CREATE INDEX themes_by_component ON themes (component_id, position);
