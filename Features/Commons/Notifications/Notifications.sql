-- Topics of mail that a person no longer wants.
CREATE TABLE unsubscriptions (
  person_id INTEGER NOT NULL REFERENCES people (id),
  topic TEXT NOT NULL CONSTRAINT topic_is_known CHECK (topic IN ('moderation', 'wording', 'follow')),
  made_at INTEGER NOT NULL,
  PRIMARY KEY (person_id, topic)
) STRICT;
