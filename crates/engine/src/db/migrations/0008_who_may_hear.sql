-- Who may hear of what is gone. An id can be used again, so what was told of a bucket up to its purge, event `purged`, is
-- judged by the bucket that had the id then; and an event of an object keeps who brought it and who could see it.
CREATE TABLE gone_bucket_by_event (
  id TEXT NOT NULL,
  purged INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  created INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  policy TEXT NOT NULL,
  rules TEXT,
  PRIMARY KEY (id, purged)
) STRICT, WITHOUT ROWID;

INSERT INTO gone_bucket_by_event
  SELECT g.id, coalesce(max(e.id), 0), g.seq, g.created, g.created_by, g.policy, g.rules
  FROM gone_bucket g LEFT JOIN event e ON e.bucket = g.id AND e.kind = 'bucket_purged' GROUP BY g.id;
DROP TABLE gone_bucket;
ALTER TABLE gone_bucket_by_event RENAME TO gone_bucket;

-- Events of before have none: of them, only admins hear what concerns an object that is gone.
ALTER TABLE event ADD COLUMN uploader TEXT;
ALTER TABLE event ADD COLUMN visibility TEXT;
