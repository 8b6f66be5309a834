-- Checksums of rows (docs/internals/ledger.md, section 4). Rows from before this step have none.
ALTER TABLE meta ADD COLUMN sum INTEGER;
