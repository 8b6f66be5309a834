-- JPEG: compressed already.
ALTER TABLE report ALTER COLUMN photo SET STORAGE EXTERNAL;
