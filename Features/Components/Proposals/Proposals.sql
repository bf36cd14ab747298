-- Themes that a proposals component sorts ideas by. A proposal itself is wholly a resource.
CREATE TABLE themes (
  id INTEGER PRIMARY KEY,
  component_id INTEGER NOT NULL REFERENCES components (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL                      -- localized
) STRICT;
CREATE INDEX themes_by_component ON themes (component_id, position);
