-- Orders of codes: `count` numbers of the series from `first` on. `key` makes the tails whenever they are downloaded.
-- `swept` is 1 when codes that were not applied in time have been annulled.
CREATE TABLE orders (
    document BIGINT PRIMARY KEY,
    series BIGINT NOT NULL,
    first BIGINT NOT NULL,
    count BIGINT NOT NULL,
    profile TEXT NOT NULL,
    key TEXT NOT NULL,
    party BIGINT NOT NULL,
    at BIGINT NOT NULL,
    swept BIGINT NOT NULL
);
