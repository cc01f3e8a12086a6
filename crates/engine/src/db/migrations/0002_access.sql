-- Users, keys, signed links, webhooks; and what they need of buckets and objects.

ALTER TABLE user ADD COLUMN removed INTEGER;

-- The policy says who reads; a second word for it is not needed.
ALTER TABLE bucket DROP COLUMN visibility;

-- Who brought the object; `by` is who brought its current content.
ALTER TABLE object ADD COLUMN uploader TEXT NOT NULL DEFAULT '';
UPDATE object SET uploader = coalesce(
  (SELECT v.by FROM version v WHERE v.object = object.seq ORDER BY v.number LIMIT 1), by);

CREATE INDEX object_hidden ON object (bucket) WHERE visibility = 'private';
CREATE INDEX object_expires ON object (expires) WHERE expires IS NOT NULL;

ALTER TABLE workspace ADD COLUMN api_deletion INTEGER NOT NULL DEFAULT 1;
-- Hosts in private networks that webhooks may call, as a JSON list.
ALTER TABLE workspace ADD COLUMN webhook_hosts TEXT NOT NULL DEFAULT '[]';

CREATE TABLE key (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  -- BLAKE3 of the secret: 256 random bits need no slow hash.
  hash BLOB NOT NULL UNIQUE,
  user INTEGER NOT NULL REFERENCES user (seq),
  privileges TEXT NOT NULL,
  expires INTEGER,
  rate INTEGER,
  created INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  used INTEGER,
  revoked INTEGER
) STRICT;

CREATE TABLE signing_key (
  id TEXT PRIMARY KEY,
  secret BLOB NOT NULL,
  created INTEGER NOT NULL,
  -- No link is made with it any more; links made before are good until they end, unless it is revoked.
  retired INTEGER,
  revoked INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE signed_link (
  id TEXT PRIMARY KEY,
  object INTEGER NOT NULL REFERENCES object (seq) ON DELETE CASCADE,
  -- What was signed: under the name that the object had then.
  path TEXT NOT NULL,
  key TEXT NOT NULL,
  download TEXT,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  by TEXT NOT NULL,
  revoked INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX signed_link_object ON signed_link (object, created);

CREATE TABLE webhook (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  bucket INTEGER NOT NULL REFERENCES bucket (seq) ON DELETE CASCADE,
  url TEXT NOT NULL,
  secret BLOB NOT NULL,
  -- Names of the kinds it is told of, as a JSON list; empty: all.
  kinds TEXT NOT NULL DEFAULT '[]',
  enabled INTEGER NOT NULL DEFAULT 1,
  created INTEGER NOT NULL,
  created_by TEXT NOT NULL
) STRICT;

CREATE INDEX webhook_bucket ON webhook (bucket);

CREATE TABLE delivery (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  webhook INTEGER NOT NULL REFERENCES webhook (seq) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  created INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- When to try again; NULL: delivered, or given up.
  due INTEGER,
  status INTEGER,
  said TEXT,
  delivered INTEGER
) STRICT;

CREATE INDEX delivery_due ON delivery (due) WHERE due IS NOT NULL;
CREATE INDEX delivery_webhook ON delivery (webhook, seq);
