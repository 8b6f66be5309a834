CREATE INDEX orders_by_series ON orders (series, first);
