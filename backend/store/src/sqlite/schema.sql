CREATE TABLE meta (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
, sum INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE sequence (
    first_document INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE head (
    part INTEGER NOT NULL,
    first_document INTEGER PRIMARY KEY,
    count INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
CREATE TABLE page (
    part INTEGER NOT NULL,
    first_document INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (part, first_document)
) STRICT;
CREATE TABLE body (
    part INTEGER NOT NULL,
    document INTEGER PRIMARY KEY,
    body TEXT,
    facts TEXT
, body_sum INTEGER, sum INTEGER) STRICT;
CREATE TABLE request (
    part INTEGER NOT NULL,
    party INTEGER NOT NULL,
    key TEXT NOT NULL,
    hash BLOB NOT NULL,
    document INTEGER,
    status INTEGER NOT NULL,
    response TEXT NOT NULL, sum INTEGER,
    PRIMARY KEY (part, party, key)
) STRICT;
CREATE TABLE sender (
    part INTEGER NOT NULL,
    sender INTEGER NOT NULL,
    number INTEGER NOT NULL,
    document INTEGER NOT NULL, sum INTEGER,
    PRIMARY KEY (part, sender)
) STRICT, WITHOUT ROWID;
CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    issued INTEGER NOT NULL, sum INTEGER,
    UNIQUE (kind, key)
) STRICT;
CREATE INDEX series_by_owner ON series (owner, kind, key);
CREATE TABLE product (
    gtin INTEGER PRIMARY KEY,
    series INTEGER NOT NULL,
    document INTEGER NOT NULL,
    product_group TEXT NOT NULL,
    name_kk TEXT NOT NULL,
    name_ru TEXT NOT NULL,
    name_en TEXT,
    manufacturer TEXT NOT NULL,
    importer TEXT,
    country TEXT NOT NULL
, sum INTEGER) STRICT;
CREATE TABLE serial (
    part INTEGER NOT NULL,
    series INTEGER NOT NULL,
    serial TEXT NOT NULL,
    number INTEGER NOT NULL, sum INTEGER,
    PRIMARY KEY (part, series, serial),
    UNIQUE (part, series, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE orders (
    document INTEGER PRIMARY KEY,
    series INTEGER NOT NULL,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    profile TEXT NOT NULL,
    key TEXT NOT NULL,
    party INTEGER NOT NULL,
    at INTEGER NOT NULL,
    swept INTEGER NOT NULL
, sum INTEGER) STRICT;
CREATE INDEX orders_by_swept ON orders (swept, at, document);
CREATE INDEX orders_by_series ON orders (series, first);
CREATE TABLE shipment (
    document INTEGER PRIMARY KEY,
    sender INTEGER NOT NULL,
    receiver INTEGER NOT NULL,
    at INTEGER NOT NULL,
    due TEXT NOT NULL,
    state TEXT NOT NULL,
    answer INTEGER
, sum INTEGER) STRICT;
CREATE INDEX shipment_by_receiver ON shipment (receiver, state, document);
CREATE INDEX shipment_by_sender ON shipment (sender, state, document);
CREATE INDEX shipment_by_due ON shipment (state, due, document);
CREATE TABLE party (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    key_hash BLOB NOT NULL UNIQUE
, sum INTEGER) STRICT;
CREATE TABLE report (
    id BLOB PRIMARY KEY NOT NULL,
    ticket TEXT NOT NULL UNIQUE,
    received INTEGER NOT NULL,
    report TEXT NOT NULL,
    photo BLOB NOT NULL
, photo_sum INTEGER, sum INTEGER) STRICT;
CREATE INDEX report_by_received ON report (received, id);
CREATE TABLE "block" (
    part INTEGER NOT NULL,
    place INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;
