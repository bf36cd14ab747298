-- An organization's own wording of a legal page; without a row the template in the program is shown.
CREATE TABLE legal_pages (
  slug TEXT NOT NULL,
  language TEXT NOT NULL,
  source TEXT NOT NULL,                   -- Markdown
  edited_at INTEGER NOT NULL,
  edited_by INTEGER NOT NULL,
  PRIMARY KEY (slug, language)
) STRICT;

-- What a legal page said before a change, as it was read: the settings of that time stand in it.
CREATE TABLE legal_editions (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL,
  language TEXT NOT NULL,
  terms_version INTEGER NOT NULL,         -- the version of the terms that held then
  source TEXT NOT NULL,                   -- Markdown
  ended_at INTEGER NOT NULL
) STRICT;
CREATE INDEX legal_editions_by_page ON legal_editions (slug, language, id);
