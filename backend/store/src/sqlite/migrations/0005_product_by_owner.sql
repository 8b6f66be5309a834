CREATE INDEX product_by_owner ON product (owner, gtin);
