-- Histories of 4096 consecutive units of a series (coding::block).
CREATE TABLE block (
    part BIGINT NOT NULL,
    series BIGINT NOT NULL,
    block BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (part, series, block)
);
