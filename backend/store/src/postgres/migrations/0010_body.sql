-- Bodies of documents as they were sent. `facts` are those of an introduction, for anyone to read.
CREATE TABLE body (
    part BIGINT NOT NULL,
    document BIGINT NOT NULL,
    body TEXT,
    facts TEXT,
    PRIMARY KEY (part, document)
);
