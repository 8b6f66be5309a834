-- What holds for the whole ledger: its id, its number of parts, how far blocks are folded.
CREATE TABLE meta (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
