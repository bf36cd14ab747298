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
