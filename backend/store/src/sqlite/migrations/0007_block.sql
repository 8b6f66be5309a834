-- State of the units of a series, a row per block to which something happened (coding::runs). Units of a block beyond
-- its runs, and blocks without a row, are just emitted up to `product.issued`.
CREATE TABLE block (
    gtin INTEGER NOT NULL REFERENCES product (gtin),
    block INTEGER NOT NULL,
    runs BLOB NOT NULL,
    PRIMARY KEY (gtin, block)
) STRICT, WITHOUT ROWID;
