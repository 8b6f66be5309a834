-- Of what is too large to be read with each row: apart from that of the row.
ALTER TABLE body ADD COLUMN body_sum BIGINT;
