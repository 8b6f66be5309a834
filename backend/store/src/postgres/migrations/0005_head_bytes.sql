-- Compact already: to compress it again costs time and saves nothing.
ALTER TABLE head ALTER COLUMN bytes SET STORAGE EXTERNAL;
