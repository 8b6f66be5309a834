-- Blocks by one number, the key of the table itself: a look-up walks one tree instead of an index and a table (README.md).
CREATE TABLE block_by_place (
    part INTEGER NOT NULL,
    place INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;
