-- Arguments for and against a resource, and replies to them. Author, text and state are those of the resource.
CREATE TABLE arguments (
  resource_id INTEGER PRIMARY KEY REFERENCES resources (id),
  side TEXT NOT NULL CONSTRAINT side_is_known CHECK (side IN ('for', 'against')),
  reply_to INTEGER REFERENCES arguments (resource_id)
) STRICT;
CREATE INDEX arguments_by_reply ON arguments (reply_to);
