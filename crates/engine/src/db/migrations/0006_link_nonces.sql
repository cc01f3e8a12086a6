-- What makes a signed link one of its own. Links made before have none, and go on working.
ALTER TABLE signed_link ADD COLUMN nonce TEXT;
