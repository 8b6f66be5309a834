CREATE TABLE party (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    key_hash BLOB NOT NULL UNIQUE
) STRICT;
CREATE TABLE document (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    party INTEGER NOT NULL REFERENCES party (id),
    at INTEGER NOT NULL,
    units INTEGER NOT NULL,
    terms TEXT,
    ranges BLOB NOT NULL,
    body TEXT NOT NULL,
    idempotency TEXT NOT NULL,
    request BLOB NOT NULL,
    status INTEGER NOT NULL,
    response TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX document_by_idempotency ON document (party, idempotency);
CREATE TABLE product (
    gtin INTEGER PRIMARY KEY,
    owner INTEGER NOT NULL REFERENCES party (id),
    document INTEGER NOT NULL REFERENCES document (number),
    product_group TEXT NOT NULL,
    name_kk TEXT NOT NULL,
    name_ru TEXT NOT NULL,
    name_en TEXT,
    manufacturer TEXT NOT NULL,
    importer TEXT,
    country TEXT NOT NULL,
    issued INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX product_by_owner ON product (owner, gtin);
CREATE TABLE orders (
    document INTEGER PRIMARY KEY REFERENCES document (number),
    gtin INTEGER NOT NULL REFERENCES product (gtin),
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    profile TEXT NOT NULL,
    key TEXT NOT NULL
) STRICT;
CREATE TABLE block (
    gtin INTEGER NOT NULL REFERENCES product (gtin),
    block INTEGER NOT NULL,
    runs BLOB NOT NULL,
    PRIMARY KEY (gtin, block)
) STRICT, WITHOUT ROWID;
CREATE TABLE report (
    id BLOB PRIMARY KEY NOT NULL,
    ticket TEXT NOT NULL UNIQUE,
    received INTEGER NOT NULL,
    report TEXT NOT NULL,
    photo BLOB NOT NULL
) STRICT;
CREATE INDEX report_by_received ON report (received, id);
