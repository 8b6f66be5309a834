-- Bodies of documents as they were sent. `facts` are those of an introduction, for anyone to read.
CREATE TABLE body (
    part INTEGER NOT NULL,
    document INTEGER PRIMARY KEY,
    body TEXT,
    facts TEXT
) STRICT;
