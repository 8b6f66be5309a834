CREATE INDEX orders_by_swept ON orders (swept, at, document);
