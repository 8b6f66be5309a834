CREATE INDEX head_by_document ON head (first_document);
