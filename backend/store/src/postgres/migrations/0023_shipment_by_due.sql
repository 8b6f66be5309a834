CREATE INDEX shipment_by_due ON shipment (state, due, document);
