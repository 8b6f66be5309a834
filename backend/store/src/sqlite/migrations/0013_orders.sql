-- Orders of codes: `count` numbers of the series from `first` on. `key` makes the tails whenever they are downloaded.
-- `swept` is 1 when codes that were not applied in time have been annulled.
CREATE TABLE orders (
    document INTEGER PRIMARY KEY,
    series INTEGER NOT NULL,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    profile TEXT NOT NULL,
    key TEXT NOT NULL,
    party INTEGER NOT NULL,
    at INTEGER NOT NULL,
    swept INTEGER NOT NULL
) STRICT;
