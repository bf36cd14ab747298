-- Sections of a text, in order.
CREATE TABLE sections (
  id INTEGER PRIMARY KEY,
  component_id INTEGER NOT NULL REFERENCES components (id),
  position INTEGER NOT NULL,
  title TEXT NOT NULL,                    -- localized
  imported_key TEXT CONSTRAINT imported_sections_are_unique UNIQUE
) STRICT;
CREATE INDEX sections_by_component ON sections (component_id, position);

-- Articles: those of the authority stand in their order, those of participants are sorted by the reader.
CREATE TABLE articles (
  resource_id INTEGER PRIMARY KEY REFERENCES resources (id),
  section_id INTEGER NOT NULL REFERENCES sections (id),
  position INTEGER,                       -- order among the authority's articles; NULL: proposed by a participant
  explanation TEXT NOT NULL,              -- sanitised HTML; empty: none
  explanation_source TEXT NOT NULL,       -- Markdown as typed, or the imported HTML after the sanitizer
  plain_words TEXT NOT NULL,              -- sanitised HTML; empty: none
  plain_words_source TEXT NOT NULL,
  versions_elsewhere INTEGER              -- other wordings that the source counts and does not hold
) STRICT;
CREATE INDEX articles_by_section ON articles (section_id, position);

-- The present law and the change wanted.
CREATE TABLE law_changes (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles (resource_id),
  position INTEGER NOT NULL,
  title TEXT NOT NULL,                    -- which law; empty: not said
  before_source TEXT NOT NULL,
  before_html TEXT NOT NULL,
  after_source TEXT NOT NULL,             -- empty: the text of the article takes its place
  after_html TEXT NOT NULL
) STRICT;
CREATE INDEX law_changes_by_article ON law_changes (article_id, position);
