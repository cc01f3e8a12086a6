-- Whose turn it is: messages of a webhook go out in order, and after a failure it rests for a while.
ALTER TABLE webhook ADD COLUMN rest INTEGER;

DROP INDEX delivery_due;
CREATE INDEX delivery_turn ON delivery (webhook, seq) WHERE due IS NOT NULL;
