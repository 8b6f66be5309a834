-- First documents of pages of heads, of all parts: the one key that two writers cannot both take.
CREATE TABLE sequence (
    first_document BIGINT PRIMARY KEY
);
