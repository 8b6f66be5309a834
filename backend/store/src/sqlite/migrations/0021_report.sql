-- Opened reports of violations. A second delivery has the same id and changes nothing.
CREATE TABLE report (
    id BLOB PRIMARY KEY NOT NULL,
    ticket TEXT NOT NULL UNIQUE,
    received INTEGER NOT NULL,
    report TEXT NOT NULL,
    photo BLOB NOT NULL
) STRICT;
