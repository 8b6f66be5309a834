-- Cash registers: the number of the last receipt of each, and its document.
CREATE TABLE sender (
    part BIGINT NOT NULL,
    sender BIGINT NOT NULL,
    number BIGINT NOT NULL,
    document BIGINT NOT NULL,
    PRIMARY KEY (part, sender)
);
