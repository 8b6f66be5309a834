-- Compact already: to compress it again costs time and saves nothing.
ALTER TABLE block ALTER COLUMN bytes SET STORAGE EXTERNAL;
