-- Cash registers: the number of the last receipt of each, and its document.
CREATE TABLE sender (
    part INTEGER NOT NULL,
    sender INTEGER NOT NULL,
    number INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (part, sender)
) STRICT, WITHOUT ROWID;
