-- What holds for the whole ledger: its id, its number of parts, how far blocks are folded.
CREATE TABLE meta (
    name TEXT COLLATE "C" PRIMARY KEY,
    value TEXT NOT NULL
);
