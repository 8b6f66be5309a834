-- Orders of codes: `count` numbers of the series from `first` on. `key` makes the tails whenever they are downloaded.
CREATE TABLE orders (
    document INTEGER PRIMARY KEY REFERENCES document (number),
    gtin INTEGER NOT NULL REFERENCES product (gtin),
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    profile TEXT NOT NULL,
    key TEXT NOT NULL
) STRICT;
