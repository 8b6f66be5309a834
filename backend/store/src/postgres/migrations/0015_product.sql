-- Product cards, each with its series of issued codes.
CREATE TABLE product (
    gtin BIGINT PRIMARY KEY,
    series BIGINT NOT NULL,
    document BIGINT NOT NULL,
    product_group TEXT NOT NULL,
    name_kk TEXT NOT NULL,
    name_ru TEXT NOT NULL,
    name_en TEXT,
    manufacturer TEXT NOT NULL,
    importer TEXT,
    country TEXT NOT NULL
);
