-- Who speaks: a person, an organization, several together, someone an agent wrote for, or someone imported from elsewhere.
CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CONSTRAINT author_kind_is_known CHECK (kind IN ('person', 'organization', 'group', 'assisted', 'imported')),
  person_id INTEGER REFERENCES people (id), -- the person, or who speaks for the organization or group
  name TEXT,                              -- own name of an organization, group, assisted or imported author
  organization_kind TEXT CONSTRAINT organization_kind_is_known
    CHECK (organization_kind IN ('association', 'company', 'union', 'public-body', 'school', 'other')),
  members TEXT NOT NULL DEFAULT '',       -- names of those who speak together, one a line
  official INTEGER NOT NULL,              -- 1: speaks for the authority; set by an administrator or an import only
  imported_key TEXT CONSTRAINT imported_authors_are_unique UNIQUE
) STRICT;
CREATE INDEX authors_by_person ON authors (person_id);
CREATE UNIQUE INDEX one_personal_author_a_person ON authors (person_id) WHERE kind = 'person';

-- A contribution that an agent wrote down for someone without account: how it came, and how the answer goes back.
CREATE TABLE assistances (
  author_id INTEGER PRIMARY KEY REFERENCES authors (id),
  agent_id INTEGER NOT NULL REFERENCES people (id),
  channel TEXT NOT NULL CONSTRAINT channel_is_known CHECK (channel IN ('stand', 'counter', 'letter', 'phone', 'meeting', 'door')),
  place TEXT NOT NULL,
  given_on TEXT NOT NULL,                 -- day, ISO 8601
  answer_by TEXT NOT NULL CONSTRAINT answer_way_is_known CHECK (answer_by IN ('post', 'phone', 'collect', 'none')),
  answer_to TEXT NOT NULL,                -- address or number; shown to agents only
  reference TEXT NOT NULL CONSTRAINT slips_are_unique UNIQUE
) STRICT;
