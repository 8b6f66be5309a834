ALTER TABLE block_by_place RENAME TO block;
