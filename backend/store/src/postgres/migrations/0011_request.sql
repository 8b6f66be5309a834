-- Requests under keys of their senders: a retry has the same hash and gets the same answer.
CREATE TABLE request (
    part BIGINT NOT NULL,
    party BIGINT NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    hash BYTEA NOT NULL,
    document BIGINT,
    status BIGINT NOT NULL,
    response TEXT NOT NULL,
    PRIMARY KEY (part, party, key)
);
