-- The whole model of the house. Columns that no feature uses yet are here so that later work adds few.

CREATE TABLE workspace (
  seq INTEGER PRIMARY KEY CHECK (seq = 1),
  id TEXT NOT NULL,
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  created INTEGER NOT NULL,
  max_files_per_bucket INTEGER,
  max_file_size INTEGER,
  accepted_file_types TEXT NOT NULL DEFAULT '',
  theme TEXT NOT NULL DEFAULT 'system',
  server TEXT,
  swept INTEGER,
  scrubbed INTEGER
) STRICT;

CREATE TABLE user (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('admin', 'member')),
  groups TEXT NOT NULL DEFAULT '[]',
  created INTEGER NOT NULL
) STRICT;

CREATE TABLE bucket (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  uuid TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  icon TEXT NOT NULL,
  notes TEXT NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1,
  category TEXT NOT NULL DEFAULT 'assets',
  policy TEXT NOT NULL DEFAULT 'authenticated',
  rules TEXT,
  visibility TEXT NOT NULL DEFAULT 'private',
  permalink TEXT NOT NULL DEFAULT 'open',
  tier TEXT NOT NULL DEFAULT 'persistent',
  location TEXT,
  file_size_limit INTEGER,
  max_files INTEGER,
  quota INTEGER,
  allowed_mime_types TEXT NOT NULL DEFAULT '[]',
  file_count INTEGER NOT NULL DEFAULT 0,
  byte_count INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL DEFAULT 1,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  modified_by TEXT,
  deleted INTEGER
) STRICT;

-- Apart from the bucket, so that a merge rewrites nothing else.
CREATE TABLE data (
  bucket INTEGER PRIMARY KEY REFERENCES bucket (seq) ON DELETE CASCADE,
  text TEXT NOT NULL,
  revision INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE TABLE object (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  bucket INTEGER NOT NULL REFERENCES bucket (seq) ON DELETE CASCADE,
  folder TEXT NOT NULL,
  name TEXT NOT NULL,
  original_name TEXT NOT NULL,
  -- Lower-case key and original name, for the search by text.
  search TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE,
  -- What the current version says, kept here for lists.
  version INTEGER NOT NULL,
  versions INTEGER NOT NULL DEFAULT 1,
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  modified INTEGER NOT NULL,
  by TEXT NOT NULL,
  created INTEGER NOT NULL,
  visibility TEXT,
  metadata TEXT NOT NULL DEFAULT '{}',
  expires INTEGER,
  deleted INTEGER
) STRICT;

CREATE UNIQUE INDEX object_key ON object (bucket, folder, name) WHERE deleted IS NULL;
CREATE INDEX object_size ON object (bucket, folder, size, seq) WHERE deleted IS NULL;
CREATE INDEX object_type ON object (bucket, folder, media_type, seq) WHERE deleted IS NULL;
CREATE INDEX object_date ON object (bucket, folder, modified, seq) WHERE deleted IS NULL;
CREATE INDEX object_trash ON object (deleted, seq) WHERE deleted IS NOT NULL;

CREATE TABLE version (
  object INTEGER NOT NULL REFERENCES object (seq) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  content TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  original_name TEXT NOT NULL,
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  hash BLOB NOT NULL,
  created INTEGER NOT NULL,
  by TEXT NOT NULL,
  -- When a look found that the content is not what the hash says. Damaged content is not given out.
  damaged INTEGER,
  PRIMARY KEY (object, number)
) STRICT, WITHOUT ROWID;

-- A folder is there as long as something live is in it. `files` and `bytes` count everything below, `own_files` and
-- `own_bytes` what lies directly in it. The top is the row with an empty path.
CREATE TABLE folder (
  bucket INTEGER NOT NULL REFERENCES bucket (seq) ON DELETE CASCADE,
  path TEXT NOT NULL,
  parent TEXT,
  original_name TEXT NOT NULL,
  files INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  own_files INTEGER NOT NULL,
  own_bytes INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  PRIMARY KEY (bucket, path)
) STRICT, WITHOUT ROWID;

CREATE INDEX folder_parent ON folder (bucket, parent, path);

CREATE TABLE checkout (
  object INTEGER PRIMARY KEY REFERENCES object (seq) ON DELETE CASCADE,
  path TEXT NOT NULL,
  started INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

-- The outbox: every change, in the transaction that makes it.
CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  bucket TEXT,
  object TEXT,
  detail TEXT NOT NULL,
  number INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE INDEX event_bucket ON event (bucket, id);
