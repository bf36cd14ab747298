-- Who speaks: a person, an organization, several together, someone an agent wrote for, or someone imported from elsewhere.
CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CONSTRAINT author_kind_is_known CHECK (kind IN ('person', 'organization', 'group', 'assisted', 'imported')),
  person_id INTEGER REFERENCES people (id), -- the person, or who speaks for the organization or group
  name TEXT,                              -- own name of an organization, group, assisted or imported author
  organization_kind TEXT CONSTRAINT organization_kind_is_known
    CHECK (organization_kind IN ('association', 'company', 'union', 'public-body', 'school', 'other')),
  official INTEGER NOT NULL,              -- 1: speaks for the authority; set by an administrator or an import only
  imported_key TEXT CONSTRAINT imported_authors_are_unique UNIQUE
) STRICT;
CREATE INDEX authors_by_person ON authors (person_id);
CREATE UNIQUE INDEX one_personal_author_a_person ON authors (person_id) WHERE kind = 'person';

CREATE TABLE author_members (
  author_id INTEGER NOT NULL REFERENCES authors (id),
  person_id INTEGER REFERENCES people (id),
  name TEXT NOT NULL,
  PRIMARY KEY (author_id, name)
) STRICT;
