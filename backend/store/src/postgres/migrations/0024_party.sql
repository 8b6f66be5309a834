-- Participants (R6). Of an API key only its SHA-256 is kept.
CREATE TABLE party (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    key_hash BYTEA NOT NULL UNIQUE
);
