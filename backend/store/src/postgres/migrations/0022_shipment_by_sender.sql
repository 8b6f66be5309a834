CREATE INDEX shipment_by_sender ON shipment (sender, state, document);
