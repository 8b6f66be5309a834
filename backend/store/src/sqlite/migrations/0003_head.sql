-- Heads of the documents of one commit (coding::log), from `first_document` on.
CREATE TABLE head (
    part INTEGER NOT NULL,
    first_document INTEGER PRIMARY KEY,
    count INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
