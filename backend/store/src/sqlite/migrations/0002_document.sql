-- Applied documents, kept for ever. `terms` is what a document says of its units to anyone: facts, reason, region.
-- `ranges` are the units it speaks of (coding::ranges). `idempotency` and `request` tell a retry, which gets `status`
-- and `response` again.
CREATE TABLE document (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    party INTEGER NOT NULL REFERENCES party (id),
    at INTEGER NOT NULL,
    units INTEGER NOT NULL,
    terms TEXT,
    ranges BLOB NOT NULL,
    body TEXT NOT NULL,
    idempotency TEXT NOT NULL,
    request BLOB NOT NULL,
    status INTEGER NOT NULL,
    response TEXT NOT NULL
) STRICT;
