-- Webhooks outlive their bucket until they have told of its end, know how far they have read, and say how they fare.
-- Nothing has written these two tables before.
DROP TABLE delivery;
DROP TABLE webhook;

CREATE TABLE webhook (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  -- Id and slug of its bucket, which may be gone already.
  bucket TEXT NOT NULL,
  slug TEXT NOT NULL,
  url TEXT NOT NULL,
  secret BLOB NOT NULL,
  -- Names of what it is told of, as a JSON list; empty: everything.
  events TEXT NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1,
  -- Why Pail switched it off.
  off TEXT,
  -- Since when nothing could be delivered.
  failing INTEGER,
  -- The last event of the outbox that it was told of, or need not be.
  read INTEGER NOT NULL,
  created INTEGER NOT NULL,
  created_by TEXT NOT NULL
) STRICT;

CREATE INDEX webhook_bucket ON webhook (bucket);

CREATE TABLE delivery (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  webhook INTEGER NOT NULL REFERENCES webhook (seq) ON DELETE CASCADE,
  event TEXT NOT NULL,
  body TEXT NOT NULL,
  created INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  tried INTEGER,
  -- When to try next; NULL: delivered, or given up.
  due INTEGER,
  status INTEGER,
  said TEXT,
  delivered INTEGER
) STRICT;

CREATE INDEX delivery_due ON delivery (webhook, due, seq) WHERE due IS NOT NULL;
CREATE INDEX delivery_webhook ON delivery (webhook, seq);
CREATE INDEX delivery_created ON delivery (created);
