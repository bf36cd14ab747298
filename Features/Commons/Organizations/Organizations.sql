-- The organization itself: one row, since one database is one organization.
CREATE TABLE organization (
  id INTEGER PRIMARY KEY CONSTRAINT there_is_one_organization CHECK (id = 1),
  name TEXT NOT NULL,
  tagline TEXT NOT NULL,                  -- localized
  description TEXT NOT NULL,              -- localized
  brand TEXT NOT NULL CONSTRAINT brand_is_a_colour CHECK (length(brand) = 7),
  locales TEXT NOT NULL,                  -- offered languages, first is the default: "fr,en"
  zone TEXT NOT NULL,                     -- IANA time zone
  contact TEXT NOT NULL,                  -- public e-mail address
  publisher TEXT NOT NULL,                -- legal notice: who publishes
  publication_director TEXT NOT NULL,
  hosting_provider TEXT NOT NULL,
  terms_version INTEGER NOT NULL,
  terms_changed_at INTEGER NOT NULL,
  audit_result TEXT NOT NULL CONSTRAINT audit_is_known CHECK (audit_result IN ('none', 'partial', 'full')),
  audited_on TEXT,                        -- day of the last accessibility audit, ISO 8601
  demonstration INTEGER NOT NULL,         -- 1: everything here is shown as an example
  secret BLOB NOT NULL,                   -- key of signed links; never leaves the server
  created_at INTEGER NOT NULL
) STRICT;

-- Links that make the first administrator; hashed, spent once.
CREATE TABLE setup_links (
  id INTEGER PRIMARY KEY,
  token_hash BLOB NOT NULL CONSTRAINT setup_links_are_unique UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  spent_at INTEGER
) STRICT;
