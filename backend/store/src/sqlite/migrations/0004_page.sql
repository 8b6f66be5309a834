-- Effects in one part of the documents of one commit (coding::log).
CREATE TABLE page (
    part INTEGER NOT NULL,
    first_document INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (part, first_document)
) STRICT;
