CREATE UNIQUE INDEX document_by_idempotency ON document (party, idempotency);
