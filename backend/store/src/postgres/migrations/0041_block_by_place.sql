-- Blocks by one number, as in SQLite: the key is shorter by a third.
CREATE TABLE block_by_place (
    part BIGINT NOT NULL,
    place BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (part, place)
);
