-- Participants: people with an account. A deleted account keeps its row, emptied of all that tells who it was.
CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  email TEXT,                             -- as typed; NULL once deleted
  email_key TEXT CONSTRAINT one_account_an_address UNIQUE,
  email_confirmed_at INTEGER,
  display_name TEXT NOT NULL,
  language TEXT NOT NULL,
  password TEXT,                          -- Argon2id, PHC string; NULL: signs in by code only
  totp_secret BLOB,                       -- second factor; NULL: none
  totp_confirmed_at INTEGER,
  totp_last_step INTEGER,                 -- a step is taken once
  under_fifteen INTEGER NOT NULL,         -- 1: known to be under 15, never shown by name
  terms_version INTEGER NOT NULL,         -- the version of the terms accepted
  created_at INTEGER NOT NULL,
  signed_in_at INTEGER NOT NULL,          -- when a session last began
  warned_at INTEGER,                      -- told that the account is unused and will end; NULL again once someone signs in
  suspended_at INTEGER,                   -- NULL: not suspended; why and by whom stands in suspensions
  deleted_at INTEGER
) STRICT;

-- Each suspension with its reason, which the person was told; at most one runs.
CREATE TABLE suspensions (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id),
  reason TEXT NOT NULL,
  suspended_by INTEGER NOT NULL REFERENCES people (id),
  suspended_at INTEGER NOT NULL,
  lifted_by INTEGER REFERENCES people (id),
  lifted_at INTEGER
) STRICT;
-- A suspension that ran when its account ended, for whoever joins again with the same address within a year: its keyed digest, not the address.
CREATE TABLE outlived_suspensions (
  address_digest TEXT PRIMARY KEY NOT NULL,
  reason TEXT NOT NULL,
  suspended_by INTEGER NOT NULL REFERENCES people (id),
  suspended_at INTEGER NOT NULL,
  left_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_suspension_runs ON suspensions (person_id) WHERE lifted_at IS NULL;

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id),
  token_hash BLOB NOT NULL CONSTRAINT sessions_are_unique UNIQUE,
  device TEXT NOT NULL,                   -- browser and system, in few words, for the list of sessions
  started_at INTEGER NOT NULL,
  proved_at INTEGER NOT NULL,             -- when the person last proved who they are
  second_factor_at INTEGER,
  seen_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX sessions_by_person ON sessions (person_id);

-- Six-digit codes and links sent by mail: one purpose, one address, ten minutes, five tries, spent once.
CREATE TABLE mailed_codes (
  id INTEGER PRIMARY KEY,
  purpose TEXT NOT NULL CONSTRAINT purpose_is_known CHECK (purpose IN ('sign-in', 'reset', 'change-address')),
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  person_id INTEGER REFERENCES people (id),
  code_hash BLOB NOT NULL,
  link_hash BLOB NOT NULL CONSTRAINT mailed_links_are_unique UNIQUE,
  page_hash BLOB NOT NULL CONSTRAINT code_pages_are_unique UNIQUE, -- the page left open: the code opens nothing elsewhere
  draft_id INTEGER,
  language TEXT NOT NULL,
  asked_from TEXT NOT NULL,               -- the network that asked, as a keyed hash
  tries INTEGER NOT NULL,
  sent_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  spent_at INTEGER
) STRICT;
CREATE INDEX mailed_codes_by_address ON mailed_codes (email_key, sent_at);

-- Codes for whoever lost the second factor: ten at a time, hashed under the organization's secret, each spent once.
CREATE TABLE recovery_codes (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id),
  code_hash BLOB NOT NULL,
  made_at INTEGER NOT NULL,
  spent_at INTEGER
) STRICT;
CREATE INDEX recovery_codes_by_person ON recovery_codes (person_id);

-- What someone typed before signing in, or too late, or not yet finished.
CREATE TABLE drafts (
  id INTEGER PRIMARY KEY,
  person_id INTEGER REFERENCES people (id),
  token_hash BLOB NOT NULL CONSTRAINT drafts_are_unique UNIQUE,
  path TEXT NOT NULL,                     -- the form it belongs to
  title TEXT NOT NULL,                    -- how the list of drafts calls it
  fields TEXT NOT NULL,                   -- JSON object of what was typed
  saved_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_by_person ON drafts (person_id);

-- Tries that are counted to slow guessing down: sign-in by address of the account and of the network, hashed.
CREATE TABLE attempts (
  id INTEGER PRIMARY KEY,
  what TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX attempts_by_what ON attempts (what, made_at);
