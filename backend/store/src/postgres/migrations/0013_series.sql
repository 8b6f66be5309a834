-- Series of units and packages: the key is a GTIN or the first ten digits of SSCCs. Numbers 0 up to `issued` exist.
CREATE TABLE series (
    id BIGINT PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL,
    key BIGINT NOT NULL,
    owner BIGINT NOT NULL,
    issued BIGINT NOT NULL,
    UNIQUE (kind, key)
);
