-- Product cards and how far their series are issued: numbers 0 up to `issued`, exclusive.
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
