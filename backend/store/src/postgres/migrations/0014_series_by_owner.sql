CREATE INDEX series_by_owner ON series (owner, kind, key);
