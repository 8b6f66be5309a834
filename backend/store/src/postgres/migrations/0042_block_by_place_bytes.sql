-- Compact already: to compress it again costs time and saves nothing.
ALTER TABLE block_by_place ALTER COLUMN bytes SET STORAGE EXTERNAL;
