-- Opened reports of violations. A second delivery has the same id and changes nothing.
CREATE TABLE report (
    id BYTEA PRIMARY KEY,
    ticket TEXT COLLATE "C" NOT NULL UNIQUE,
    received BIGINT NOT NULL,
    report TEXT NOT NULL,
    photo BYTEA NOT NULL
);
