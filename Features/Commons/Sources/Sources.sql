-- Sources that people bring to a resource. Title, author and state are those of the resource.
CREATE TABLE sources (
  resource_id INTEGER PRIMARY KEY REFERENCES resources (id),
  address TEXT NOT NULL,                  -- http or https
  kind TEXT NOT NULL CONSTRAINT source_kind_is_known CHECK (kind IN ('report', 'press', 'law', 'study', 'site', 'blog', 'guide', 'media', 'map', 'thesis', 'other'))
) STRICT;
