-- Effects in one part of the documents of one commit (coding::log).
CREATE TABLE page (
    part BIGINT NOT NULL,
    first_document BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (part, first_document)
);
