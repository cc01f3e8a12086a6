-- A whole bucket by size, type or date, across its folders. Each index ends with the row's number, which makes one order
-- of what is equal.

CREATE INDEX object_by_size ON object (bucket, size) WHERE deleted IS NULL;
CREATE INDEX object_by_type ON object (bucket, media_type) WHERE deleted IS NULL;
CREATE INDEX object_by_date ON object (bucket, modified) WHERE deleted IS NULL;
