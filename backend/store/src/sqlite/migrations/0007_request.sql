-- Requests under keys of their senders: a retry has the same hash and gets the same answer.
CREATE TABLE request (
    part INTEGER NOT NULL,
    party INTEGER NOT NULL,
    key TEXT NOT NULL,
    hash BLOB NOT NULL,
    document INTEGER,
    status INTEGER NOT NULL,
    response TEXT NOT NULL,
    PRIMARY KEY (part, party, key)
) STRICT;
