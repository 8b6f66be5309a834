-- Histories of 4096 consecutive units of a series (coding::block). With a rowid: what overflows a page then fills
-- whole pages (README.md).
CREATE TABLE block (
    part INTEGER NOT NULL,
    series INTEGER NOT NULL,
    block INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (part, series, block)
) STRICT;
