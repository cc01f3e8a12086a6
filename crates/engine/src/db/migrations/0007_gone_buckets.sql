-- What is left of buckets that were deleted for good: where they stood in lists, so that a page after one is found, and who
-- may hear that they are gone. The outbox keeps their events as long.
CREATE TABLE gone_bucket (
  id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  created INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  policy TEXT NOT NULL,
  rules TEXT
) STRICT, WITHOUT ROWID;
