-- Files that people gave, kept by the hash of their content. The row is written last.
CREATE TABLE uploads (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL,                   -- SHA-256 in hexadecimal; the file lies at files/ab/cdef…
  media_type TEXT NOT NULL,
  name TEXT NOT NULL,                     -- as offered for download
  size INTEGER NOT NULL,                  -- bytes
  width INTEGER,
  height INTEGER,
  uploaded_by INTEGER REFERENCES people (id),
  uploaded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX uploads_by_digest ON uploads (digest);
