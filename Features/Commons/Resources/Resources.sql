-- What a component holds, whatever its kind: the facts that lists, rules and doors need are here, once.
CREATE TABLE resources (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CONSTRAINT resource_kind_is_known CHECK (kind IN ('article', 'wording', 'proposal', 'argument', 'source')),
  space_id INTEGER NOT NULL REFERENCES spaces (id),
  component_id INTEGER NOT NULL REFERENCES components (id),
  subject_id INTEGER REFERENCES resources (id), -- what it is about: the article of a wording, the proposal of an argument
  author_id INTEGER NOT NULL REFERENCES authors (id),
  revision INTEGER NOT NULL,              -- number of the revision shown
  edition INTEGER NOT NULL,               -- votes belong to an edition: a correction keeps it, a new version starts the next
  place TEXT NOT NULL,
  theme_id INTEGER,
  created_at INTEGER NOT NULL,
  published_at INTEGER,
  withdrawn_at INTEGER,
  withdrawn_by INTEGER REFERENCES people (id),
  hidden_at INTEGER,
  hidden_by INTEGER REFERENCES people (id),
  hidden_rule TEXT,                       -- the rule of the moderation charter that it broke
  hidden_reason TEXT,                     -- why, in words for its author; nobody else reads them but moderators and guarantors
  imported_key TEXT CONSTRAINT imported_resources_are_unique UNIQUE
) STRICT;
CREATE INDEX resources_by_component ON resources (component_id, kind, published_at);
CREATE INDEX resources_by_subject ON resources (subject_id, kind, published_at);
CREATE INDEX resources_by_author ON resources (author_id);
CREATE INDEX resources_withdrawn ON resources (component_id) WHERE withdrawn_at IS NOT NULL;

-- The history of each text. The row numbered resources.revision is the one shown.
CREATE TABLE revisions (
  resource_id INTEGER NOT NULL REFERENCES resources (id),
  number INTEGER NOT NULL,
  edition INTEGER NOT NULL,
  title TEXT NOT NULL,
  source TEXT NOT NULL,                   -- Markdown as typed, or the imported HTML after the sanitizer
  html TEXT NOT NULL,
  plain TEXT NOT NULL,
  language TEXT NOT NULL,
  reason TEXT NOT NULL,                   -- why it was changed
  made_at INTEGER NOT NULL,
  made_by INTEGER REFERENCES people (id),
  PRIMARY KEY (resource_id, number)
) STRICT;

-- What a revision changed beside title and body: a passage before and after, as plain text, by the name of its field.
CREATE TABLE passage_changes (
  resource_id INTEGER NOT NULL REFERENCES resources (id),
  revision INTEGER NOT NULL,
  name TEXT NOT NULL,
  was TEXT NOT NULL,
  became TEXT NOT NULL,
  PRIMARY KEY (resource_id, revision, name)
) STRICT;

-- What a resource says in other languages, as its own author words it; votes are cast on its own words.
CREATE TABLE translations (
  resource_id INTEGER NOT NULL REFERENCES resources (id),
  language TEXT NOT NULL CONSTRAINT the_language_of_a_translation_is_named CHECK (language <> ''),
  part TEXT NOT NULL,                     -- 'title', 'body', or the name of a passage beside them
  source TEXT NOT NULL,                   -- Markdown as typed
  html TEXT NOT NULL,                     -- sanitised
  plain TEXT NOT NULL,                    -- its words, which search finds
  PRIMARY KEY (resource_id, language, part)
) STRICT;

-- What lists sort, filter and count by: one row for each resource that everyone may see, gone in the transaction that hides it.
-- The numbers are kept by the follower "standings", which can rebuild them from votes and arguments at any time.
CREATE TABLE standings (
  resource_id INTEGER PRIMARY KEY REFERENCES resources (id),
  component_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  official INTEGER NOT NULL,              -- 1: an article of the authority, which stands in its own order
  theme_id INTEGER,                       -- theme of a proposal, section of an article
  author_kind TEXT NOT NULL,
  lot INTEGER NOT NULL,                   -- drawn anew each night: the order by lot
  published_at INTEGER NOT NULL,
  votes INTEGER NOT NULL,                 -- all votes or supports on the edition shown, imported ones included
  pro INTEGER NOT NULL,
  mixed INTEGER NOT NULL,
  con INTEGER NOT NULL,
  arguments INTEGER NOT NULL,
  sources INTEGER NOT NULL,
  wordings INTEGER NOT NULL,
  controversy INTEGER NOT NULL            -- twice the smaller of pro and con: high when both are
) STRICT;
CREATE INDEX standings_by_lot ON standings (component_id, kind, official, lot, resource_id);
CREATE INDEX standings_by_date ON standings (component_id, kind, official, published_at, resource_id);
CREATE INDEX standings_by_votes ON standings (component_id, kind, official, votes, resource_id);
CREATE INDEX standings_by_arguments ON standings (component_id, kind, official, arguments, resource_id);
CREATE INDEX standings_by_controversy ON standings (component_id, kind, official, controversy, resource_id);
CREATE INDEX standings_by_author ON standings (component_id, kind, official, author_kind);
CREATE INDEX standings_by_theme ON standings (component_id, kind, official, theme_id, lot);

-- How many of them there are, so that a list counts without counting; kept by the same follower.
CREATE TABLE standing_counts (
  component_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  official INTEGER NOT NULL,
  facet TEXT NOT NULL,                    -- 'all', 'theme', 'author', 'channel' count them; 'votes' adds up their votes, 'withdrawn' those on what its
                                          -- authors took back, 'imported' what of both came as totals from elsewhere
  value TEXT NOT NULL,                    -- the theme's id, the author's kind, how it came to an agent; empty for the others
  amount INTEGER NOT NULL,
  PRIMARY KEY (component_id, kind, official, facet, value)
) STRICT;
