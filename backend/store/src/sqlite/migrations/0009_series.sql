-- Series of units and packages: the key is a GTIN or the first ten digits of SSCCs. Numbers 0 up to `issued` exist.
CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    issued INTEGER NOT NULL,
    UNIQUE (kind, key)
) STRICT;
