CREATE INDEX shipment_by_receiver ON shipment (receiver, state, document);
