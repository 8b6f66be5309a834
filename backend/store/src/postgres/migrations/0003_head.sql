-- Heads of the documents of one commit (coding::log), from `first_document` on.
CREATE TABLE head (
    part BIGINT NOT NULL,
    first_document BIGINT NOT NULL,
    count BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (part, first_document)
);
