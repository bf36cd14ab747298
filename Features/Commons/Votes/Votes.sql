-- Votes and supports: one a person on each edition of a resource. Nobody is shown whose they are.
CREATE TABLE votes (
  id INTEGER PRIMARY KEY,
  resource_id INTEGER NOT NULL REFERENCES resources (id),
  edition INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people (id),
  choice TEXT NOT NULL CONSTRAINT choice_is_known CHECK (choice IN ('for', 'mixed', 'against', 'support', 'useful')),
  proof TEXT NOT NULL CONSTRAINT proof_is_known CHECK (proof IN ('email', 'desk')),
  component_id INTEGER NOT NULL,          -- limits a person has are counted here
  CONSTRAINT one_vote_a_person UNIQUE (resource_id, edition, person_id)
) STRICT;
CREATE INDEX votes_by_person ON votes (person_id, component_id, choice);

-- The count of votes, split over shards so that a thousand people voting at once do not wait for one row.
CREATE TABLE tallies (
  resource_id INTEGER NOT NULL REFERENCES resources (id),
  edition INTEGER NOT NULL,
  choice TEXT NOT NULL,
  proof TEXT NOT NULL,
  shard INTEGER NOT NULL CONSTRAINT shard_is_known CHECK (shard BETWEEN -1 AND 31),
  amount INTEGER NOT NULL CONSTRAINT a_tally_is_not_negative CHECK (amount >= 0),
  PRIMARY KEY (resource_id, edition, choice, proof, shard)
) STRICT;

-- Totals that came from elsewhere, as totals: never mixed with votes cast here.
CREATE TABLE imported_totals (
  resource_id INTEGER NOT NULL REFERENCES resources (id),
  choice TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (resource_id, choice)
) STRICT;
